using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSync.Testing;

/// <summary>A certification authority made in code: its root, and the certificates that it issues to loopback servers.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=ImageSync test root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        Root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    public X509Certificate2 Root { get; }

    /// <summary>A chain policy that trusts this root, and nothing else.</summary>
    public X509ChainPolicy Policy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { Root },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <summary>A certificate for 127.0.0.1 and localhost that is valid now.</summary>
    public X509Certificate2 Issue() => Issue(Loopback(), DateTimeOffset.UtcNow.AddDays(10));

    /// <summary>One for the same names whose time is over.</summary>
    public X509Certificate2 IssueExpired() => Issue(Loopback(), DateTimeOffset.UtcNow.AddDays(-1));

    /// <summary>One for a host of another name.</summary>
    public X509Certificate2 IssueFor(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        return Issue(names, DateTimeOffset.UtcNow.AddDays(10));
    }

    /// <summary>One for loopback that says where its issuer's certificate can be fetched.</summary>
    public X509Certificate2 IssueNaming(string issuerUrl) => Issue(Loopback(), DateTimeOffset.UtcNow.AddDays(10), issuerUrl);

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }

    private static SubjectAlternativeNameBuilder Loopback()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        return names;
    }

    private X509Certificate2 Issue(SubjectAlternativeNameBuilder names, DateTimeOffset notAfter, string? issuerUrl = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ImageSync test origin", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(names.Build());
        if (issuerUrl is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerUrl]));
        }

        using var certificate = request.Create(Root, DateTimeOffset.UtcNow.AddDays(-20), notAfter, RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);

        // Windows serves TLS with a key from a store only, which the way through PKCS #12 gives it.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
