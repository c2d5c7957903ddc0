using Microsoft.IO;

namespace CrmSync.Connectors.Shared;

/// <summary>
/// Memory of request bodies, which is used again: a body of a megabyte, made anew for every call, would bring a full collection every few
/// calls.
/// </summary>
internal static class WireBuffers
{
    private const int Block = 64 * 1024;
    private const int KeptMax = 8 * 1024 * 1024;

    // Blocks that are chained, never one large array: nothing here reaches the large object heap.
    private static readonly RecyclableMemoryStreamManager Pool = new(new RecyclableMemoryStreamManager.Options
    {
        BlockSize = Block,
        MaximumSmallPoolFreeBytes = KeptMax,
        MaximumLargePoolFreeBytes = 0,
    });

    /// <summary>An empty stream; disposing gives its memory back.</summary>
    public static RecyclableMemoryStream Take() => Pool.GetStream();
}
