using CrmSync.Control;
using CrmSync.Core.Intake;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;

namespace CrmSync.Sending;

/// <summary>Takes files that a person named into the flow, due at once; the connectors deliver them like any other.</summary>
internal sealed partial class FileSender(IntakeRound intake, ILogger<FileSender> logger)
{
    /// <summary>Records the files. What becomes of their deliveries the ledger tells.</summary>
    public async Task<SendAnswer> RecordAsync(ISessionSource like, IReadOnlyList<string> files, CancellationToken cancel)
    {
        var options = AtOnce(like.Options);
        var named = new NamedFiles(options, files);
        var summary = await intake.RunAsync(named, cancel);
        Log.Sent(logger, files.Count, summary.Recorded, summary.Due);

        var answers = new List<SentFile>(files.Count);
        await foreach (var file in named.DiscoverAsync(cancel))
        {
            answers.Add(await DescribeAsync(named, file, options.ToReaderOptions(), cancel));
        }

        return new SendAnswer(answers);
    }

    private static async Task<SentFile> DescribeAsync(NamedFiles source, SourceFile file, ReaderOptions reading, CancellationToken cancel)
    {
        if (file.Refused is { } refused)
        {
            return new SentFile(file.DisplayName, null, refused);
        }

        return await source.ReadAsync(file, cancel) switch
        {
            SourceContent.Bytes(var content) => SessionReader.Read(content, reading) switch
            {
                ReadResult.Session(var session) => new SentFile(file.DisplayName, session.Key, null),
                ReadResult.Unreadable(var fault) => new SentFile(file.DisplayName, null, fault),
                _ => throw new InvalidOperationException("No rule for this read result."),
            },
            SourceContent.Refused(var fault) => new SentFile(file.DisplayName, null, fault),
            _ => throw new InvalidOperationException("A named file does not vanish."),
        };
    }

    private static SourceOptions AtOnce(SourceOptions like) => new()
    {
        Kind = like.Kind,
        Instance = like.Instance,
        SettleAfter = TimeSpan.Zero,
        IncompleteAfter = TimeSpan.Zero,
        FileBytesMax = like.FileBytesMax,
        DispositionPaths = like.DispositionPaths,
        InCallSmsPaths = like.InCallSmsPaths,
        WaitTimeSmsPaths = like.WaitTimeSmsPaths,
        TextInputPaths = like.TextInputPaths,
    };

    private static partial class Log
    {
        [LoggerMessage(910, LogLevel.Information, "Took {Files} files that somebody named: {Recorded} recorded, {Deliveries} deliveries due")]
        public static partial void Sent(ILogger logger, int files, int recorded, int deliveries);
    }
}
