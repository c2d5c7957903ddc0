using System.Net;
using System.Text.RegularExpressions;

namespace CrmSync.Tests.Console;

/// <summary>A browser without its looks: cookies, forms with their hidden fields, and redirects that are seen, not followed.</summary>
internal sealed partial class VisitorBrowser : IDisposable
{
    private readonly HttpClient _http;

    public VisitorBrowser(Uri address)
    {
        var handler = new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false };
        _http = new HttpClient(handler, disposeHandler: true) { BaseAddress = address };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public CookieContainer Cookies { get; } = new();

    public string? SessionCookie => Cookies.GetCookies(_http.BaseAddress!)["crmsync-session"]?.Value;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public async Task<string> TextAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Fills the form of a page that is sent to <paramref name="action"/>, hidden fields included, and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await TextAsync(page);
        var form = Form().Matches(html).Select(match => match.Value).FirstOrDefault(text => text.Contains($"action=\"{action}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form for {action} on {page}:\n{html}");
        var hidden = Hidden().Matches(form).Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)));
        return await PostAsync(action, [.. hidden.Select(field => (field.Key, field.Value)), .. fields]);
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => _http.PostAsync(
        new Uri(path, UriKind.Relative),
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SignInAsync(string name, string password) =>
        SubmitAsync("/sign-in", "/sign-in", ("Given.Name", name), ("Given.Password", password));

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Hidden();
}
