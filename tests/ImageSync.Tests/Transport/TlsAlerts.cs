using System.Diagnostics;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Transport;

/// <summary>A server that wants a certificate of its clients says so by an alert, in TLS 1.3 after the handshake: repeating the request mends nothing.</summary>
public class TlsAlerts
{
    [TestCase("-tls1_2")]
    [TestCase("-tls1_3")]
    public async Task A_refusal_of_the_server_is_told_and_not_tried_again(string version)
    {
        var openssl = ServerProcess.Require("openssl", "On Debian and its kin: apt-get install openssl");
        using var certificate = new TestCertificate(new TestDirectory().FullPath);
        await using var server = ServerProcess.Start(port => new ProcessStartInfo(openssl,
            ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", certificate.CertificateFile, "-key", certificate.KeyFile, "-Verify", "1", "-verify_return_error", "-www", version]));
        var project = new Project { Network = Network.Trusting(() => certificate.Trust) };
        var outcome = await project.SyncAsync($"https://127.0.0.1:{server.Port}/a.png").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Attempts), Is.EqualTo(("IMGSYNC2001", 1)), outcome.Diagnostics[0].Message);
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain(version == "-tls1_3" ? "the server ended the TLS connection (tlsv13 alert certificate required)" : "TLS").And.Contain("alert"));
    }
}
