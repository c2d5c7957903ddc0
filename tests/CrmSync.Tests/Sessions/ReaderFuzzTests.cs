using System.Text;
using System.Text.Json;
using CrmSync.Core.Sessions;
using FsCheck;
using FsCheck.Fluent;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Sessions;

/// <summary>Whatever the bytes are, the reader answers. Each test asks for everything a delivery would ask for.</summary>
public sealed class ReaderFuzzTests
{
    private static readonly ReaderOptions Options = new()
    {
        DispositionPaths = [JsonPath.Parse("$.handle_durations[*].x"), JsonPath.Parse("participants[0]")],
    };

    [Fact]
    public void A_sample_cut_at_any_byte_is_truncated()
    {
        foreach (var path in SampleFiles.All())
        {
            var bytes = File.ReadAllBytes(path);
            var end = bytes.AsSpan().TrimEnd("\r\n \t"u8).Length;

            for (var length = 1; length < end; length += length < 200 || length > end - 200 ? 1 : 97)
            {
                ReasonFor(bytes[..length], Options).ShouldBe("JSON_TRUNCATED", $"{path} cut after {length} bytes");
            }
        }
    }

    [Fact]
    public void Flipped_bits_never_throw()
    {
        var random = new Random(20260305);
        foreach (var bytes in Samples())
        {
            for (var i = 0; i < 150; i++)
            {
                var mutant = bytes.ToArray();
                for (var flips = random.Next(1, 6); flips > 0; flips--)
                {
                    mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
                }

                Use(mutant);
            }
        }
    }

    [Fact]
    public void Spliced_samples_never_throw()
    {
        var random = new Random(20260306);
        var samples = Samples();
        for (var i = 0; i < 2_000; i++)
        {
            var (one, other) = (samples[random.Next(samples.Count)], samples[random.Next(samples.Count)]);
            Use([.. one.AsSpan(0, random.Next(one.Length)), .. other.AsSpan(random.Next(other.Length))]);
        }
    }

    [Fact]
    public void Values_of_another_type_never_throw()
    {
        string[] poisons = ["null", "true", "-1e999", "1e-999", "\"\"", "\"\\u0000\"", "\"0000-00-00\"", "[]", "{}", "[[[{\"id\":{}}]]]", "{\"note\":[{}],\"code\":{\"name\":[]}}", "99999999999999999999", "\"\\\\\""];
        var random = new Random(20260307);
        foreach (var bytes in Samples())
        {
            foreach (var (start, length) in Values(bytes).OrderBy(_ => random.Next()).Take(60))
            {
                var poison = Encoding.UTF8.GetBytes(poisons[random.Next(poisons.Length)]);
                Use([.. bytes.AsSpan(0, start), .. poison, .. bytes.AsSpan(start + length)]);
            }
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        Prop.ForAll<byte[]>(bytes => Use(bytes)).QuickCheckThrowOnFailure();
        Prop.ForAll<string>(text => Use(Encoding.UTF8.GetBytes($$"""{"id":1,"call_type":"{{text}}","feedback":"{{text}}"}"""))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_ticket_from_any_text_never_throws()
    {
        Prop.ForAll<string, string>((id, url) =>
        {
            foreach (var address in new[] { $"https://x.example/{url}", $"https://{url}/7", url })
            {
                var ticket = OutTicket.From(id, address);
                ticket?.Host.ShouldNotBe("");
                ticket?.Candidates.ShouldAllBe(candidate => candidate.Length > 0);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static void Use(byte[] bytes)
    {
        switch (Read(bytes, Options))
        {
            case ReadResult.Session(var session):
                session.Revision.SemanticSha256.Length.ShouldBe(64);
                session.OutTicket?.Candidates.Count().ShouldBeGreaterThanOrEqualTo(0);
                session.TicketExpectation.ShouldBeOneOf(Enum.GetValues<TicketExpectation>());
                InspectReport.Of(bytes, Options).Fault.ShouldBeNull();
                break;
            case ReadResult.Unreadable(var fault):
                fault.Message.ShouldNotBeNullOrEmpty();
                break;
            default:
                Assert.Fail("The reader gave no answer.");
                break;
        }
    }

    private static List<byte[]> Samples() => [.. SampleFiles.All().Select(File.ReadAllBytes)];

    /// <summary>Where the scalar values of a file stand.</summary>
    private static List<(int Start, int Length)> Values(byte[] bytes)
    {
        var values = new List<(int, int)>();
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray))
            {
                values.Add(((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex)));
            }
        }

        return values;
    }
}
