using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSync.Http;

/// <summary>Whom .NET trusts, asked ahead of time, and in words why it does not trust a server's certificate.</summary>
/// <remarks>
/// The verdict is .NET's, and stands: whatever is an error there is an exception here. Only its text is ours, because .NET's
/// own names enumeration values ("PartialChain").
/// </remarks>
internal static class ServerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly Lazy<Task> Roots = new(() => Task.Run(ReadRoots));

    /// <summary>
    /// Begins to read the machine's certificates, for connections that are sure to come. On Linux .NET reads them all, once in
    /// a process and under a lock: 0.1 s that would stand between the first handshake and its request. Elsewhere the system has them.
    /// </summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Roots.Value;
        }
    }

    /// <summary>.NET's own policy in all but one thing: the chain is made of what the server sends and the machine has.</summary>
    public static X509ChainPolicy WithoutFetching() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        ApplicationPolicy = { new Oid(ServerAuthentication) },
    };

    /// <summary>True for a certificate without any error.</summary>
    /// <exception cref="UntrustedServerException">There is one; the message says which.</exception>
    public static bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
            ? true
            : throw new UntrustedServerException(Reason((sender as SslStream)?.TargetHostName, certificate, chain, errors));

    // A store that cannot be read is the handshake's to tell of.
    private static void ReadRoots()
    {
        try
        {
            using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
            foreach (var certificate in store.Certificates)
            {
                certificate.Dispose();
            }
        }
        catch (CryptographicException)
        {
        }
    }

    private static string Reason(string? host, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var faults = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status)
            ?? X509ChainStatusFlags.NoError;
        return certificate switch
        {
            null => "the server has no certificate",
            X509Certificate2 { NotAfter: var end } when end < DateTime.Now => "its certificate has expired on " + Day(end),
            X509Certificate2 { NotBefore: var begin } when begin > DateTime.Now =>
                $"its certificate is not valid before {Day(begin)}; is this machine's clock right?",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => $"its certificate is not for {host}",
            _ when (faults & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0 =>
                $"its certificate comes from an authority that is not trusted here ({certificate.Issuer})",
            _ => $"its certificate chain has the faults {faults}",
        };
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The certificate is not trusted, as opposed to a handshake that failed otherwise.</summary>
internal sealed class UntrustedServerException(string reason) : AuthenticationException(reason);
