using System.Collections.Frozen;

namespace CrmSync.Console.Parts;

/// <summary>Our own line icons, on a grid of 20 by 20.</summary>
internal static class Icons
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["menu"] = "M3 5.5h14M3 10h14M3 14.5h14",
        ["overview"] = "M3 3h6v6H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 11h6v6H3z",
        ["sessions"] = "M3.5 4.5h13v8.5h-7L6 16v-3H3.5zM7 7.6h6M7 10h4",
        ["connectors"] = "M7 3v4M13 3v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5V17",
        ["templates"] = "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 9.5h5M7.5 12.5h5",
        ["alerts"] = "M10 3a4.5 4.5 0 0 1 4.5 4.5c0 4 1.5 5 1.5 6H4c0-1 1.5-2 1.5-6A4.5 4.5 0 0 1 10 3zM8.5 16.2a1.6 1.6 0 0 0 3 0",
        ["audit"] = "M4 3.5h12v13H4zM7 7h6M7 10h6M7 13h3",
        ["accounts"] = "M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.5c.4-3.2 2.8-5 6-5s5.6 1.8 6 5z",
        ["down"] = "m6 8 4 4 4-4",
        ["right"] = "m8 5.5 4.5 4.500L8 14.5",
        ["keyboard"] = "M2.5 5.500h15v9h-15zM5.5 8.500h.01M8.5 8.500h.01M11.5 8.500h.01M14.5 8.500h.01M6.5 11.500h7",
        ["leave"] = "M8 3.500H4v13h4M8.5 10H17M13.5 6.5 17 10l-3.5 3.5",
        ["lock"] = "M5 9h10v7.500H5zM7 9V6.500a3 3 0 0 1 6 0V9",
        ["key"] = "M7.5 12.500a3.5 3.5 0 1 1 3.3-4.700L17 8v3h-2.500v2H12l-1.5-1.500a3.5 3.5 0 0 1-3 1zM6.5 9h.01",
        ["warning"] = "M10 3 18 16.500H2zM10 8v4M10 14.300h.01",
        ["info"] = "M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6.300h.01",
        ["check"] = "M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM6.8 10.200l2.3 2.3 4.2-4.6",
        ["search"] = "M8.8 14.500a5.7 5.7 0 1 0 0-11.4 5.7 5.7 0 0 0 0 11.400zM13 13l4 4",
        ["plus"] = "M10 4v12M4 10h12",
        ["close"] = "m5 5 10 10M15 5 5 15",
        ["retry"] = "M16 10a6 6 0 1 1-2-4.500L16 7.500M16 3.500v4h-4",
        ["pause"] = "M7 4.500v11M13 4.500v11",
        ["play"] = "m6.5 4 9 6-9 6z",
        ["external"] = "M8 4H4v12h12v-4M11.5 3.500h5v5M16 4l-7 7",
        ["phone"] = "M4.5 3.500h3L9 7.5 7.3 9a9 9 0 0 0 3.7 3.700l1.5-1.7 4 1.500v3c0 .8-.7 1.5-1.5 1.500C9 17 3 11 3 5c0-.8.7-1.5 1.5-1.500z",
        ["chat"] = "M3.5 4.500h13v8.500h-7L6 16v-3H3.500z",
        ["inbox"] = "M3 11.5 5 4h10l2 7.500V16H3zM3 11.500h4l1 2h4l1-2h4",
        ["clock"] = "M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.500V10l3 2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">There is no such icon.</exception>
    public static string Path(string name) => Paths[name];
}
