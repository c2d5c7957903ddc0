using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CrmSync.Scripting;

/// <summary>Compiled partials, for as long as their loader lives.</summary>
internal static class PartialCache
{
    private static readonly ConditionalWeakTable<ITemplateLoader, ConcurrentDictionary<string, (TemplateSource Source, ParseResult Result)>> Loaders = [];

    public static ParseResult Parse(ITemplateLoader loader, TemplateSource source)
    {
        var known = Loaders.GetOrCreateValue(loader);

        if (known.TryGetValue(source.File, out var entry) && ReferenceEquals(entry.Source, source))
            return entry.Result;

        var result = Template.Parse(source.Text, source.File);
        known[source.File] = (source, result);
        return result;
    }
}
