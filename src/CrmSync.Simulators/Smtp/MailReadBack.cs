using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Smtp;

/// <summary>A mail server's <c>/_sim/</c> surface over HTTP: what arrived, what was said, and what shall go wrong.</summary>
public sealed class MailReadBack : ISimulatedCrm
{
    private readonly SmtpSimulator _server;

    private MailReadBack(SmtpSimulator server) => _server = server;

    public IReadOnlyList<AdminAction> Actions =>
    [
        AdminAction.Of(
            "misbehave", "Makes the server misbehave in a way that has a name.",
            [new("mode", AdminKind.Text, "the name") { Allowed = [.. SmtpModes.All.Select(mode => mode.Name)] }],
            given => SmtpModes.Named(given.Text("mode")).Apply(_server)),
        AdminAction.Of(
            "behave", "Ends every mode and every fault.",
            [],
            _ =>
            {
                _server.Faults.Clear();
                _server.Behaviour.Behave();
            }),
    ];

    /// <summary>Shows <paramref name="server"/>; the port is that of HTTP. Faults and counters are the server's own.</summary>
    public static Task<SimulatorHost> StartAsync(SmtpSimulator server, SimulatorOptions options, CancellationToken cancel) =>
        SimulatorHost.StartAsync(new MailReadBack(server), options, server.Faults, server.Requests, cancel);

    public void Map(IEndpointRouteBuilder routes) => routes.MapFallback(context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("Mail goes to the SMTP port; here is only /_sim/.", context.RequestAborted);
    });

    public Task RefuseAsync(HttpContext context, Fault fault) => Task.CompletedTask;

    public void ExpireTokens()
    {
        // SMTP signs in once a connection; there is nothing to expire.
    }

    /// <summary><c>{"connections": n, "mails": [{queueId, from, to, messageId, subject, size, attachments: [{name, size, sha256}]}]}</c>.</summary>
    public JsonNode ReadBack() => new JsonObject
    {
        ["connections"] = _server.Connections,
        ["mails"] = new JsonArray([.. _server.Mails.Select(mail => (JsonNode)new JsonObject
        {
            ["queueId"] = mail.QueueId,
            ["from"] = mail.From,
            ["to"] = new JsonArray([.. mail.Recipients.Select(to => (JsonNode)to)]),
            ["messageId"] = mail.Header("Message-ID"),
            ["subject"] = mail.Header("Subject"),
            ["size"] = mail.Size,
            ["attachments"] = new JsonArray([.. Files(mail).Select(file => (JsonNode)new JsonObject
            {
                ["name"] = file.Name, ["size"] = file.Size, ["sha256"] = file.Sha256,
            })]),
        })]),
    };

    public IEnumerable<RecordDigest> Digest() =>
        _server.Mails.Select(mail => new RecordDigest(string.Join(' ', mail.Recipients), Notes: 1, [.. Files(mail)]));

    public void Reset() => _server.Reset();

    private static IEnumerable<FileDigest> Files(ReceivedMail mail) =>
        MailAttachments.Of(mail.Content).Select(file => FileDigest.Of(file.Name, file.Content));
}
