namespace ImageSync.Package.Tests;

/// <summary>An image as an origin serves it.</summary>
/// <param name="Deployment">Grows with each time that it is put there: another deployment has another date and tag.</param>
internal sealed record PipelineImage(byte[] Bytes, int Deployment);
