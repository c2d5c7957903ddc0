using System.CommandLine;
using CrmSync.Control;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;
using CrmSync.Hosting;
using CrmSync.Sending;
using CrmSync.Settings;

namespace CrmSync.Cli;

/// <summary><c>crmsync send FILE...</c>: deliver these files now, through the running worker or without one.</summary>
internal static class SendCommand
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);

    public static Command Create(CommandContext context)
    {
        var files = CommonOptions.Files("Session files to deliver now. A session that was delivered already is not delivered again.");
        var source = CommonOptions.Source();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be sent, like 'preview', and send nothing." };
        var command = new Command("send", "Deliver session files now, without waiting for them to settle.\nExample: crmsync send call-48211.json --dry-run") { files, source, dryRun };
        command.SetAction((parse, cancel) => context.GuardAsync(() => parse.GetValue(dryRun)
            ? PreviewCommand.RunAsync(context, parse, parse.GetRequiredValue(files), parse.GetValue(source), json: false, cancel)
            : SendAsync(context, parse, [.. parse.GetRequiredValue(files).Select(Path.GetFullPath)], parse.GetValue(source), cancel), cancel));
        return command;
    }

    private static async Task<int> SendAsync(CommandContext context, ParseResult parse, string[] files, string? source, CancellationToken cancel)
    {
        var configuration = ConfigurationFile.Load(context.ConfigPath(parse));
        var http = WorkerSettings.BindOrThrow<HttpOptions>(configuration, HttpOptions.Section);
        if (ControlFile.Read(http.ControlFile) is not { } control)
        {
            return await SendAloneAsync(context, SettingsReader.Read(configuration), files, source, cancel);
        }

        await using var services = new ServiceCollection().AddWorkerClient(control).BuildServiceProvider();
        var worker = services.GetRequiredService<WorkerClient>();
        var answer = await worker.SendAsync(new SendRequest(source, files), cancel);
        context.Terminal.Say("The running worker delivers them.");
        return await ReportAsync(context, worker, answer, follow: true, cancel);
    }

    // No worker runs: this process is one, for as long as it takes.
    private static async Task<int> SendAloneAsync(CommandContext context, WorkerSettings settings, string[] files, string? source, CancellationToken cancel)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(context.Clock)
            .AddLogging()
            .AddWorker(settings)
            .AddSingleton<FileSender>()
            .BuildServiceProvider();
        var sources = services.GetRequiredService<IReadOnlyList<ISessionSource>>();
        if (SourcePick.Find(sources, source) is not { } like)
        {
            return context.Terminal.Fail(ExitCode.WrongUse, SourcePick.Unknown(sources, source));
        }

        var ledger = services.GetRequiredService<ILedger>();
        await ledger.OpenAsync(cancel);
        var answer = await services.GetRequiredService<FileSender>().RecordAsync(like, files, cancel);
        var round = services.GetRequiredService<DeliveryRound>();
        foreach (var connector in services.GetRequiredService<IReadOnlyList<IConnector>>())
        {
            await round.RunAsync(connector, cancel);
        }

        return await ReportAsync(context, ledger, answer, follow: false, cancel);
    }

    private static async Task<int> ReportAsync(
        CommandContext context, ILedgerReading ledger, SendAnswer answer, bool follow, CancellationToken cancel)
    {
        var table = context.Terminal.Table("File", "Session", "Connector", "State", "Record", "What next");
        var now = context.Clock.GetUtcNow();
        var allWell = true;
        foreach (var file in answer.Files)
        {
            if (file.Session is not { } session)
            {
                table.Row(file.File, string.Empty, string.Empty, "not sent", string.Empty, file.Fault?.ToString());
                allWell = false;
                continue;
            }

            var deliveries = await DeliveriesAsync(context, ledger, session, follow, cancel);
            allWell &= deliveries.Count > 0 && deliveries.All(delivery => delivery.State is DeliveryState.Delivered or DeliveryState.Skipped or DeliveryState.Superseded);
            foreach (var delivery in deliveries)
            {
                table.Row(file.File, session.ToString(), delivery.Connector, Words.State(delivery, now), delivery.Receipt?.RecordId, Words.Next(delivery, now));
            }

            if (deliveries.Count == 0)
            {
                table.Row(file.File, session.ToString(), string.Empty, "not sent", string.Empty, "'crmsync preview' says why.");
            }
        }

        context.Terminal.Out.Write(table);
        return allWell ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task<IReadOnlyList<Delivery>> DeliveriesAsync(
        CommandContext context, ILedgerReading ledger, SessionKey session, bool follow, CancellationToken cancel)
    {
        var started = context.Clock.GetTimestamp();
        while (true)
        {
            var deliveries = (await ledger.HistoryAsync(session, cancel))?.Deliveries ?? [];
            if (!follow || deliveries.All(IsAtRest) || context.Clock.GetElapsedTime(started) > WaitMax)
            {
                return deliveries;
            }

            await Task.Delay(Glance, context.Clock, cancel);
        }
    }

    // Ended, waits for a person, or waits for a later try.
    private static bool IsAtRest(Delivery delivery) => delivery.State.IsEnd() || delivery.State.NeedsPerson()
        || (delivery.State is DeliveryState.Ready or DeliveryState.InDoubt && delivery.Fault is not null);
}
