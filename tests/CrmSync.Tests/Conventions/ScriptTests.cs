using System.Diagnostics;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Conventions;

public sealed class ScriptTests
{
    [Fact]
    public async Task The_ci_script_is_executable_and_has_no_syntax_error()
    {
        var bash = Requires.Program("bash", "install the package bash");
        var how = new ProcessStartInfo(bash, ["-c", "test -x .ci/run && bash -n .ci/run"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        using var check = Process.Start(how)!;
        var complaints = await check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        complaints.ShouldBeEmpty();
        check.ExitCode.ShouldBe(0);
    }
}
