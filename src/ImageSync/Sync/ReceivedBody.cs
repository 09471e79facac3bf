using ImageSync.Images;

namespace ImageSync.Sync;

/// <summary>The facts of a body that was received to its end, or until it grew too large.</summary>
/// <param name="Sha256">Digest of the decoded bytes.</param>
/// <param name="Length">Their number.</param>
/// <param name="IsTooLarge">Whether reading stopped because there were more than allowed.</param>
/// <param name="Media">What the bytes are.</param>
internal sealed record ReceivedBody(string Sha256, long Length, bool IsTooLarge, MediaVerdict Media);
