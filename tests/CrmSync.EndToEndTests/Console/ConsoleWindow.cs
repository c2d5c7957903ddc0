using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CrmSync.EndToEndTests.Console;

/// <summary>One person's browser window on the console, and what the browser complained of meanwhile.</summary>
internal sealed class ConsoleWindow : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();

    public ConsoleWindow(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"page error: {error}");
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Errors of scripts, refused resources and breaches of the content security policy.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>Opens a page and waits until it answers to clicks.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await LiveAsync();
    }

    /// <summary>Until the circuit runs.</summary>
    public Task LiveAsync() => Page.Locator(".shell[data-interactive=yes]").WaitForAsync();

    public async Task SignInAsync(string name, string password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.Locator("[name='Given.Name']").FillAsync(name);
        await Page.Locator("[name='Given.Password']").FillAsync(password);
        await Page.Locator("form[action='/sign-in'] button[type=submit]").ClickAsync();
    }

    /// <summary>Keeps a picture for people to look at.</summary>
    public async Task ScreenshotAsync(string name)
    {
        // Chromium paints no sandboxed frame that is outside the window, not even for a picture of the whole page.
        var window = Page.ViewportSize!;
        var height = await Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await Page.SetViewportSizeAsync(window.Width, Math.Max(window.Height, height));
        await Page.EvaluateAsync("new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))");
        await Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(ConsoleFixture.Screens, name + ".png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
        await Page.SetViewportSizeAsync(window.Width, window.Height);
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}
