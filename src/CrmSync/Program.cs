using CrmSync.Cli;

return await CrmSyncCommand.RunAsync(args, Terminal.OfProcess(), TimeProvider.System, CancellationToken.None);
