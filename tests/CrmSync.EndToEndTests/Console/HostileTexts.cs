namespace CrmSync.EndToEndTests.Console;

/// <summary>Texts that would run, load or rebuild something if a page took them for markup. Whatever of them runs, sets <c>window.pwned</c>.</summary>
internal static class HostileTexts
{
    /// <summary>Leaves the attributes and elements a text may stand in, and tries the commonest ways in.</summary>
    public const string Payload =
        "\"'></title></textarea><script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\"><svg onload=window.pwned=1>" +
        "<a href=\"javascript:window.pwned=1\">x</a>{{7*7}}@(7*7)${7*7}";

    /// <summary>Short enough for a name, a search or an answer.</summary>
    public const string Brief = "\"><img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";

    /// <summary>What a file can be called: no slash.</summary>
    public const string FileName = "call-\"'><img src=x onerror=window.pwned=1><svg onload=window.pwned=1>.json";

    /// <summary>One of these follows the payload in each field, in turn.</summary>
    public static readonly IReadOnlyList<string> Others =
    [
        "<iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
        "<details open ontoggle=window.pwned=1>",
        "<style>*{display:none!important}</style>",
        "<base href=\"https://elsewhere.example/\">",
        "<meta http-equiv=\"refresh\" content=\"0;url=https://elsewhere.example/\">",
        "<form action=\"https://elsewhere.example/\"><button autofocus onfocus=window.pwned=1>",
        "&lt;script&gt;window.pwned=1&lt;/script&gt;&#60;img src=x onerror=window.pwned=1&#62;",
        "</pre></iframe></script><script>window.pwned=1</script><!--",
        "<math><mtext><mglyph><style><img src=x onerror=window.pwned=1></style>",
        "<object data=\"javascript:window.pwned=1\"></object><embed src=\"javascript:window.pwned=1\">",
        "<template><img src=x onerror=window.pwned=1></template>]]><![CDATA[",
        "<link rel=stylesheet href=\"https://elsewhere.example/x.css\"><video><source onerror=window.pwned=1></video>",
    ];

    public static string Number(int i) => Payload + Others[i % Others.Count];
}
