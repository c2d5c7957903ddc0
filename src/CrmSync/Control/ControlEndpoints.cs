using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Alerts;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;
using CrmSync.Hosting;
using CrmSync.Jobs;
using CrmSync.Ledger;
using CrmSync.Sending;

namespace CrmSync.Control;

/// <summary>What a running worker answers to the command line: loopback callers that know its token.</summary>
internal static class ControlEndpoints
{
    public const string Prefix = "/control";

    public static void MapControl(this IEndpointRouteBuilder routes, string token)
    {
        // Anonymous for the console's logins: this door has a lock of its own.
        var control = routes.MapGroup(Prefix).WithMetadata(new ControlDoor()).AllowAnonymous().DisableAntiforgery().AddEndpointFilter(async (context, next) =>
            Admits(context.HttpContext, token) ? await next(context) : Results.Unauthorized());

        control.MapGet("/summary", (ILedger ledger, CancellationToken cancel) => ledger.SummarizeAsync(cancel));
        control.MapGet("/search", (string text, int most, ILedger ledger, CancellationToken cancel) => ledger.SearchAsync(text, most, cancel));
        control.MapGet("/history", async (string session, ILedger ledger, CancellationToken cancel) =>
            SessionKey.TryParse(session) is { } key && await ledger.HistoryAsync(key, cancel) is { } history
                ? Results.Json(history, ControlJson.Default.SessionHistory)
                : Results.NotFound());
        control.MapPost("/deliveries", (ListRequest list, ILedger ledger, CancellationToken cancel) =>
            ledger.ListAsync(list.Filter, list.Skip, list.Take, cancel));
        control.MapGet("/quarantine", (int skip, int take, ILedger ledger, CancellationToken cancel) => ledger.ListQuarantinedAsync(skip, take, cancel));
        control.MapGet("/alerts", (AlertBoard board) => board.Current);
        control.MapPost("/actions", ActAsync);
        control.MapPost("/files", SendAsync);
        control.MapGet("/ledger/check", (ILedgerUpkeep upkeep, CancellationToken cancel) => upkeep.CheckUpAsync(cancel));
        control.MapPost("/ledger/backup", BackUpAsync);
    }

    private static async Task<ActionAnswer> ActAsync(ActionRequest request, ILedger ledger, DispatchBell bell, CancellationToken cancel)
    {
        var changed = await PersonActions.ActAsync(ledger, request, cancel);
        if (changed > 0)
        {
            await bell.RingAllAsync(cancel);
        }

        return new ActionAnswer(changed);
    }

    private static async Task<IResult> SendAsync(
        SendRequest request, FileSender sender, IReadOnlyList<ISessionSource> sources, DispatchBell bell, CancellationToken cancel)
    {
        if (SourcePick.Find(sources, request.Source) is not { } like)
        {
            return Results.BadRequest(SourcePick.Unknown(sources, request.Source));
        }

        var answer = await sender.RecordAsync(like, request.Files, cancel);
        await bell.RingAllAsync(cancel);
        return Results.Json(answer, ControlJson.Default.SendAnswer);
    }

    private static async Task<IResult> BackUpAsync(BackUpRequest request, ILedgerUpkeep upkeep, CancellationToken cancel)
    {
        try
        {
            await upkeep.BackUpAsync(request.Path, cancel);
            return Results.Json(request, ControlJson.Default.BackUpRequest);
        }
        catch (LedgerException e)
        {
            return Results.Text(e.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private static bool Admits(HttpContext context, string token)
    {
        var expected = Encoding.ASCII.GetBytes("Bearer " + token);
        var given = Encoding.ASCII.GetBytes(context.Request.Headers.Authorization.ToString());
        return context.Connection.RemoteIpAddress is { } caller
            && IPAddress.IsLoopback(caller)
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
