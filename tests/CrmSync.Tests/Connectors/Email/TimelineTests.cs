using System.Buffers.Binary;
using System.IO.Compression;
using CrmSync.Connectors.Email.Picture;
using CrmSync.Tests.Sessions;

namespace CrmSync.Tests.Connectors.Email;

public sealed class TimelineTests
{
    private const string Times = """
        "queue_durations":[{"started_at":"2026-03-05T12:00:00Z","ended_at":"2026-03-05T12:01:00Z"}],
        "handle_durations":[
          {"agent_id":7,"call_duration":120,"started_at":"2026-03-05T12:01:00Z","ended_at":"2026-03-05T12:03:00Z"},
          {"agent_id":9,"call_duration":60,"started_at":"2026-03-05T12:03:00Z","ended_at":"2026-03-05T12:04:00Z"},
          {"agent_id":9,"call_duration":0,"acw_duration":30,"started_at":"2026-03-05T12:04:00Z"}]
        """;

    [Fact]
    public void Queue_and_agents_have_lanes_of_their_own()
    {
        var timeline = Timeline.Of(SessionText.Call(Times)).ShouldNotBeNull();

        timeline.Lanes.Select(lane => lane.Agent).ShouldBe([null, 1, 2]);
        timeline.Stretches.Select(s => (s.Kind, s.Lane, s.Length.TotalSeconds)).ShouldBe(
        [
            (TimelineKind.Waiting, 0, 60), (TimelineKind.Handling, 1, 120), (TimelineKind.Handling, 2, 60), (TimelineKind.WrapUp, 2, 30),
        ]);
    }

    [Fact]
    public void A_session_without_times_has_no_timeline()
    {
        Timeline.Of(SessionText.Call()).ShouldBeNull();
        Timeline.Of(SessionText.Call("\"queue_durations\":[{\"started_at\":\"2026-03-05T12:01:00Z\",\"ended_at\":\"2026-03-05T12:00:00Z\"}]")).ShouldBeNull();
    }

    [Fact]
    public void The_picture_shows_each_stretch_at_its_place()
    {
        var pixels = Decode(TimelinePicture.Draw(Timeline.Of(SessionText.Call(Times))!), out var width, out var height);

        (width, height).ShouldBe((480, 72));
        Colour(50, 10).ShouldBe(2);
        Colour(50, 32).ShouldBe(0);
        Colour(200, 32).ShouldBe(3);
        Colour(400, 54).ShouldBe(3);
        Enumerable.Range(440, 12).Select(x => Colour(x, 54)).Distinct().ShouldBe([4, 0], ignoreOrder: true, "wrap-up is hatched");

        int Colour(int x, int y) => pixels[(y * width) + x];
    }

    [Fact]
    public void A_lane_has_the_agents_name_unless_the_note_keeps_it_to_itself()
    {
        var timeline = Timeline.Of(SessionText.Call(Times + """
            ,"participants":[{"type":"agent","user_id":7,"first_name":"Ann","last_name":"<Lee>"},{"type":"agent","user_id":9,"first_name":"Jo"}]
            """))!;

        var html = TimelineHtml.For(timeline, "x", "en", name => name != "Jo");

        html.ShouldContain(">Queue</div>");
        html.ShouldContain(">Ann &lt;Lee&gt;</div>");
        html.ShouldContain(">Agent 2</div>");
        html.ShouldNotContain("Jo");
    }

    [Fact]
    public void Without_waiting_there_is_no_lane_for_the_queue() =>
        Timeline.Of(SessionText.Call("\"handle_durations\":[{\"agent_id\":7,\"call_duration\":60,\"started_at\":\"2026-03-05T12:00:00Z\"}]"))!
            .Lanes.ShouldHaveSingleItem().Agent.ShouldBe(1);

    [Fact]
    public async Task What_the_connector_adds_stands_where_the_template_wants_it()
    {
        await using var bench = new EmailBench();

        await bench.DeliverAsync(bench.Options(), EmailBench.Parcel(html: "<body><div>note<!-- crmsync:below --></div></body>"));

        bench.MailText.Replace("=\r\n", "", StringComparison.Ordinal).ReplaceLineEndings("").ShouldContain("@example.com&gt;</p><!-- crmsync:below --></div></body>");
    }

    [Fact]
    public async Task The_mail_says_in_words_what_the_picture_shows()
    {
        await using var bench = new EmailBench();
        var parcel = EmailBench.Parcel();

        await bench.DeliverAsync(bench.Options(), parcel with { Shipment = EmailBench.Shipment(Times) });

        bench.MailText.ShouldContain("Content-Type: image/png; name=\"timeline.png\"\r\nContent-Disposition: inline; filename=\"timeline.png\"");
        bench.MailText.ReplaceLineEndings("").Replace("=", "", StringComparison.Ordinal).ShouldContain("waiting 1:00, with an agent 3:00, wrap-up 0:30");
    }

    // Reads what the encoder may write; the checksums are compared with those of an independent formula.
    private static byte[] Decode(byte[] png, out int width, out int height)
    {
        width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        using var data = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)).ShouldBe(Crc(png.AsSpan(at + 4, 4 + length)));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(png.AsSpan(at + 8, length));
            }

            at += 12 + length;
        }

        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        var stride = width + 1;
        return [.. rows.ToArray().Where((_, i) => i % stride != 0)];
    }

    // Bit by bit, as the standard's annex D defines it.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                crc = ((crc ^ (uint)(octet >> bit)) & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }
}
