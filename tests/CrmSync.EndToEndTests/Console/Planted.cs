using System.Text.RegularExpressions;

namespace CrmSync.EndToEndTests.Console;

/// <summary>Looks whether anything of the <see cref="HostileTexts"/> became more than text.</summary>
internal static class Planted
{
    private const string Alive =
        "script, link, meta[http-equiv='refresh' i], base, form, iframe, object, embed, video, math, template, svg, img[src='x'], a[href^='javascript' i], [onerror], [onload], [onfocus], [ontoggle]";

    /// <summary>Folded parts are opened: what is hidden counts as well.</summary>
    public static Task OpenEverythingAsync(ConsoleWindow window) =>
        window.Page.EvaluateAsync("document.querySelectorAll('main details').forEach(part => { part.open = true; })");

    /// <summary>In the page itself, and in the notes that stand in frames on it.</summary>
    public static async Task NothingRanAsync(ConsoleWindow window, string where)
    {
        (await window.Page.EvaluateAsync<bool>("window.pwned === undefined")).ShouldBeTrue(where);
        var planted = await window.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('body *')]
                .filter(element => (element.tagName === 'SCRIPT' && !element.src)
                    || ['STYLE', 'BASE', 'META', 'LINK', 'OBJECT', 'EMBED', 'VIDEO', 'MATH'].includes(element.tagName)
                    || (element.tagName === 'IFRAME' && element.getAttribute('sandbox') !== '')
                    || (element.tagName === 'FORM' && new URL(element.getAttribute('action') ?? '', location).origin !== location.origin)
                    || (element.tagName === 'IMG' && element.getAttribute('src') === 'x')
                    || /^\s*javascript:/i.test(element.getAttribute('href') ?? '')
                    || [...element.attributes].some(attribute => /^on/i.test(attribute.name)))
                .map(element => element.outerHTML.slice(0, 200))
            """);
        planted.ShouldBeEmpty(where);
        for (var i = 0; i < await window.Page.Locator("iframe").CountAsync(); i++)
        {
            var note = window.Page.Locator("iframe").Nth(i).ContentFrame.Locator("body");
            (await note.Locator(Alive).CountAsync()).ShouldBe(0, $"the note on {where}");
        }

        // A page that is not there is answered with 404, a wrong password with 401, and the browser says so.
        window.Complaints.Where(complaint => !complaint.Contains("with a status of 40", StringComparison.Ordinal)).ShouldBeEmpty(where);
    }

    /// <summary>Part of a hostile text, to wait for: the page has it, as text.</summary>
    public static readonly Regex AsText = new("<img src=x onerror=", RegexOptions.None, TimeSpan.FromSeconds(1));
}
