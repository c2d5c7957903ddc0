using System.CommandLine;
using System.Reflection;
using BenchmarkDotNet.Running;
using CrmSync.Bench.EndToEnd;
using CrmSync.Bench.Mail;

var micro = new Command("micro", "Micro-benchmarks. What follows is for BenchmarkDotNet: --list flat, --filter *Reader*, --job short.") { TreatUnmatchedTokensAsErrors = false };
micro.SetAction(parse => { BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run([.. parse.UnmatchedTokens]); });

var root = new RootCommand(
    "Measures CrmSync.\n\n  end-to-end  the worker as a process against simulated CRMs in another\n  mail        MIME writer and SMTP client alone\n  micro       single parts, with BenchmarkDotNet")
{
    EndToEndCommand.Create(TimeProvider.System),
    MailCommand.Create(TimeProvider.System),
    micro,
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("stopped");
    return 130;
}
catch (BenchException e)
{
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}
