using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmSync.EndToEndTests.Support;

/// <summary>Gives out access tokens for a mailbox, and tells a mail server whose a token is.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    public const string ClientId = "crmsync-app";
    public const string ClientSecret = "app-s3cret";

    private readonly WebApplication _web;
    private readonly string _mailbox;
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private int _given;

    private TokenServer(WebApplication web, string mailbox)
    {
        _web = web;
        _mailbox = mailbox;
    }

    public Uri TokenUrl => new($"{_web.Urls.Single()}/token");

    /// <summary>A token goes behind it.</summary>
    public Uri TokenInfo => new($"{_web.Urls.Single()}/tokeninfo?access_token=");

    public int Given => Volatile.Read(ref _given);

    public static async Task<TokenServer> StartAsync(string mailbox)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new TokenServer(builder.Build(), mailbox);
        server._web.MapPost("/token", server.GiveAsync);
        server._web.MapGet("/tokeninfo", server.Tell);
        await server._web.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task<IResult> GiveAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret || form["grant_type"] != "client_credentials")
        {
            return Results.Json(new JsonObject { ["error"] = "invalid_client" }, statusCode: 401);
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(1_500));
        lock (_tokens)
        {
            _tokens.Add(token);
        }

        Interlocked.Increment(ref _given);
        return Results.Json(new JsonObject { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = 3_600 });
    }

    private IResult Tell(HttpRequest request)
    {
        lock (_tokens)
        {
            return _tokens.Contains(request.Query["access_token"].ToString())
                ? Results.Json(new JsonObject { ["email"] = _mailbox, ["expires_in"] = 3_000 })
                : Results.Json(new JsonObject { ["error"] = "invalid_token" }, statusCode: 400);
        }
    }
}
