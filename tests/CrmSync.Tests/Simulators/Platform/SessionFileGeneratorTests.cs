using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Sessions;
using CrmSync.Simulators.Platform;
using CrmSync.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Simulators.Platform;

public sealed class SessionFileGeneratorTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_same_seed_writes_the_same_bytes_and_another_seed_other_ones()
    {
        var once = Fingerprint(new SessionFileOptions { Count = 60, Seed = 7 });

        Fingerprint(new SessionFileOptions { Count = 60, Seed = 7 }).ShouldBe(once);
        Fingerprint(new SessionFileOptions { Count = 60, Seed = 8 }).ShouldNotBe(once);
    }

    [Fact]
    public void Every_version_reads_as_the_session_it_says_it_is()
    {
        foreach (var session in Make(new SessionFileOptions { Count = 400 }))
        {
            foreach (var export in session.Exports)
            {
                var read = Read(export);
                read.Key.Kind.ToString().ToLowerInvariant().ShouldBe(session.Kind);
                read.Key.Id.ShouldBe(session.Id);
                read.IsFinal.ShouldBeTrue();
                read.FieldNotes.ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void The_reader_finds_the_ticket_that_the_generator_promised()
    {
        var sessions = Make(new SessionFileOptions { Count = 1_000, TicketMissingShare = 0.1, NoTicketExpectedShare = 0.1 });

        foreach (var session in sessions)
        {
            var read = Read(session.Final);
            read.OutTicket?.Id.ShouldBe(session.TicketId);
            TicketExpectations.Of(read).ShouldBe(session.Expected switch
            {
                ExpectedTicket.None => TicketExpectation.NoneExpected,
                ExpectedTicket.Missing => TicketExpectation.Missing,
                _ => TicketExpectation.Present,
            });
        }

        sessions.Select(session => session.Expected).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void Case_ids_have_18_characters_and_a_checksum_that_follows_their_capitals()
    {
        var cases = Make(new SessionFileOptions { Count = 200, ZendeskShare = 0 }).Where(s => s.TicketId is not null).ToList();

        cases.ShouldNotBeEmpty();
        cases.ShouldAllBe(session => session.TicketId!.StartsWith("500") && session.TicketId.EndsWith(Checksum(session.TicketId)));
    }

    [Fact]
    public void A_first_export_lacks_what_the_agents_write_afterwards_and_is_older()
    {
        var pairs = Make(new SessionFileOptions { Count = 100, ReexportShare = 1, NoTicketExpectedShare = 0 }).ToList();

        pairs.ShouldAllBe(session => session.Exports.Count == 2);
        pairs.ShouldAllBe(session => Read(session.Exports[0]).UpdatedAt < Read(session.Final).UpdatedAt);
        pairs.ShouldAllBe(session => Read(session.Exports[0]).Dispositions.Count == 0);
        pairs.Count(session => Read(session.Final).Dispositions.Count > 0).ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Each_record_gets_its_number_of_sessions()
    {
        var sessions = Make(new SessionFileOptions
        {
            Count = 600,
            SessionsPerTicket = 5,
            ZendeskShare = 1,
            NoTicketExpectedShare = 0,
            TicketMissingShare = 0,
        });

        sessions.GroupBy(session => session.TicketId).ShouldAllBe(ticket => ticket.Count() == 5);
    }

    [Fact]
    public void Tickets_can_be_ones_that_exist_somewhere()
    {
        var sessions = Make(new SessionFileOptions
        {
            Count = 50,
            ZendeskShare = 1,
            NoTicketExpectedShare = 0,
            TicketMissingShare = 0,
            ZendeskTicket = number => $"9{number}",
            ZendeskAddress = new Uri("http://127.0.0.1:8080/"),
        });

        sessions[0].TicketId.ShouldBe("91");
        Read(sessions[0].Final).OutTicket!.Host.ShouldBe("127.0.0.1");
    }

    [Fact]
    public void Files_have_the_size_of_real_ones_and_all_have_settled_by_now()
    {
        var sessions = Make(new SessionFileOptions { Count = 500, NoTicketExpectedShare = 0 });

        sessions.ShouldAllBe(session => session.Final.Length >= 3 * 1024 && session.Final.Length <= 15 * 1024);
        sessions.ShouldAllBe(session => Read(session.Final).UpdatedAt < Clock.GetUtcNow() - TimeSpan.FromMinutes(60));
        sessions.Select(session => Read(session.Final).Lang).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void Any_sensible_options_give_as_many_sessions_as_asked_for_with_keys_of_their_own()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<(int Seed, byte Count, byte Chats, byte PerTicket)>(),
            some =>
            {
                var count = some.Count % 40;
                var sessions = Make(new SessionFileOptions
                {
                    Seed = some.Seed,
                    Count = count,
                    ChatShare = some.Chats / 255.0,
                    SessionsPerTicket = 1 + some.PerTicket,
                });
                return sessions.Select(s => (s.Kind, s.Id)).Distinct().Count() == count
                    && sessions.Select(s => s.RelativePath).Distinct(StringComparer.Ordinal).Count() == count;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Options_that_cannot_be_met_are_refused() =>
        Should.Throw<ArgumentException>(() => new SessionFileGenerator(
            new SessionFileOptions { ZendeskShare = 0.9, TicketMissingShare = 0.2 }, Clock)).Message.ShouldContain("ZendeskShare");

    [Fact]
    public async Task A_written_version_replaces_the_one_before_and_leaves_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var session = Make(new SessionFileOptions { Count = 1, ReexportShare = 1 }).Single();
        var cancel = TestContext.Current.CancellationToken;

        await session.WriteAsync(folder.Path, export: 0, cancel);
        await session.WriteAsync(folder.Path, export: 1, cancel);

        var file = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        file.Replace('\\', '/').ShouldEndWith(session.RelativePath);
        (await File.ReadAllBytesAsync(file, cancel)).ShouldBe(session.Final.ToArray());
    }

    private static List<GeneratedSession> Make(SessionFileOptions options) => [.. new SessionFileGenerator(options, Clock).Sessions()];

    private static SessionMetadata Read(ReadOnlyMemory<byte> file) =>
        SessionReader.Read(file, new ReaderOptions()).ShouldBeOfType<ReadResult.Session>().Metadata;

    private static string Fingerprint(SessionFileOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var session in Make(options))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{session.RelativePath} {session.Expected} {session.TicketId}"));
            foreach (var export in session.Exports)
            {
                hash.AppendData(export.Span);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>One character per group of five: bit j is set when character j is a capital.</summary>
    private static string Checksum(string id) => string.Concat(Enumerable.Range(0, 3).Select(group =>
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[Enumerable.Range(0, 5).Sum(j => char.IsAsciiLetterUpper(id[(group * 5) + j]) ? 1 << j : 0)]));
}
