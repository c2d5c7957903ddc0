using System.Net;
using CrmSync.Hosting;
using CrmSync.Ledger.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace CrmSync.Tests.Console;

/// <summary>Default deny: every endpoint of the console, every kind of user. A page that is missing in the tables below wants a viewer.</summary>
public sealed class ConsoleAccessTests
{
    /// <summary>What a stranger may reach, and what it tells them.</summary>
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["/sign-in"] = "a form",
        ["/setup"] = "a form, while there is no account",
        ["/error"] = "that something failed",
        ["/preferences"] = "sets the visitor's own cookies",
    };

    /// <summary>What needs more than a viewer, or less.</summary>
    private static readonly Dictionary<string, ConsoleRole?> Needs = new(StringComparer.Ordinal)
    {
        ["/password"] = null,
        ["/sign-out"] = null,
        ["/accounts"] = ConsoleRole.Admin,
        ["/audit"] = ConsoleRole.Admin,
        ["/test"] = ConsoleRole.Operator,
    };

    [Fact]
    public async Task Every_endpoint_but_the_doors_refuses_a_stranger()
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        using var browser = stage.Browser();

        var reached = new List<string>();
        foreach (var (method, path) in Calls(stage).Where(call => !Open.ContainsKey(call.Path)))
        {
            var answer = await browser.SendAsync(method, path);
            if (!IsRefusal(answer))
            {
                reached.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        reached.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_endpoint_opens_for_the_role_it_needs_and_for_none_below()
    {
        await using var stage = await ConsoleStage.StartAsync();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<ConsoleRole>())
        {
            using var browser = await stage.BrowserAsync(role);

            // The one call that ends the session comes last.
            foreach (var (method, path) in Calls(stage).Where(call => !Open.ContainsKey(call.Path)).OrderBy(call => call.Path == "/sign-out"))
            {
                var answer = await browser.SendAsync(method, path);
                var may = role >= (Needs.TryGetValue(path, out var least) ? least ?? ConsoleRole.Viewer : ConsoleRole.Viewer);
                if (may == (answer.StatusCode is HttpStatusCode.Forbidden || IsRefusal(answer)))
                {
                    wrong.Add($"{role} {method} {path}: {(int)answer.StatusCode}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_must_choose_another_password_gets_to_nothing_else()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin, seePersonal: true, mustChange: true);

        (await browser.GetAsync("/accounts")).Headers.Location!.ToString().ShouldEndWith("/password");
        (await browser.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync("/password")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var changed = await browser.SubmitAsync(
            "/password", "/password", ("Given.Current", ConsoleStage.Password), ("Given.Next", "four other plain words"), ("Given.Repeat", "four other plain words"));

        changed.Headers.Location!.ToString().ShouldEndWith("/");
        (await browser.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_tables_above_name_only_endpoints_that_exist()
    {
        await using var stage = await ConsoleStage.StartAsync();

        Open.Keys.Concat(Needs.Keys).Except(Calls(stage).Select(call => call.Path), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Static_files_are_scripts_styles_fonts_and_pictures_and_nothing_else()
    {
        await using var stage = await ConsoleStage.StartAsync();

        var files = stage.Endpoints.Where(IsFile).Select(endpoint => endpoint.RoutePattern.RawText!).ToList();

        files.ShouldNotBeEmpty();
        files.Where(file => Path.GetExtension(file) is not (".css" or ".js" or ".map" or ".svg" or ".woff2" or ".txt" or ".gz" or ".br")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_belongs_to_one_address_is_not_found_at_the_other()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var console = await stage.BrowserAsync(ConsoleRole.Admin);
        using var control = new VisitorBrowser(stage.ControlAddress);

        (await console.GetAsync("/livez")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await console.GetAsync("/control/summary")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await control.GetAsync("/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in (string[])["/sign-in", "/accounts", "/console.css", "/_blazor"])
        {
            (await control.GetAsync(path)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        }
    }

    private static bool IsRefusal(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Unauthorized
        || (answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal)
            && !answer.RequestMessage!.RequestUri!.AbsolutePath.Equals("/sign-out", StringComparison.Ordinal));

    private static IEnumerable<(HttpMethod Method, string Path)> Calls(ConsoleStage stage) =>
        from endpoint in stage.Endpoints
        where !IsFile(endpoint) && endpoint.Metadata.GetMetadata<ControlDoor>() is null
        let path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(Sample))
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (HttpMethod.Parse(method), path);

    private static bool IsFile(Endpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static string Sample(RoutePatternPathSegment segment) => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        _ => "404",
    }));
}
