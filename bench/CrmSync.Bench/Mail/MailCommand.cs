using System.CommandLine;
using System.Globalization;

namespace CrmSync.Bench.Mail;

/// <summary><c>mail</c>: the mail library alone, MIME writer and SMTP client, against the simulator in another process.</summary>
internal static class MailCommand
{
    private static readonly int[] Latencies = [0, 40];

    public static Command Create(TimeProvider clock)
    {
        var mails = new Option<int>("--mails", "-n") { Description = "Mails of 30 kB to send at each latency.", DefaultValueFactory = _ => 10_000 };
        var connections = new Option<int>("--connections") { Description = "Kept connections.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "mail",
            "Write mails of 30 kB and hand them to the SMTP simulator over kept connections, pipelined, at 0 and 40 ms.\nExample: mail --mails 10000 --connections 1")
        {
            mails, connections,
        };
        command.SetAction((parse, cancel) => RunAsync(parse.GetValue(mails), parse.GetValue(connections), clock, cancel));
        return command;
    }

    private static async Task<int> RunAsync(int mails, int connections, TimeProvider clock, CancellationToken cancel)
    {
        var output = System.Console.Out;
        await output.WriteLineAsync("| connections | latency | mails | octets each | mails/s | CPU s/1,000 | allocated kB each | peak MB | server connections |");
        await output.WriteLineAsync("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var latency in Latencies)
        {
            var result = await MailRun.MeasureAsync(mails, connections, TimeSpan.FromMilliseconds(latency), clock, cancel);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {connections} | {latency} ms | {mails:N0} | {result.Octets:N0} | {mails / result.Took.TotalSeconds:N0} | {result.Cpu.TotalSeconds * 1000 / mails:N2} | {result.Allocated / 1024d / mails:N0} | {result.PeakMemory / 1024d / 1024:N0} | {result.ServerConnections} |"));
        }

        return 0;
    }
}
