using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Tests.Simulators.Salesforce;

public sealed class CompressionTests : SalesforceSimulatorTest
{
    private const string Limits = "/services/data/v67.0/limits";

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP, deflate;q=0.5")]
    [InlineData("br, gzip;q=0.1")]
    public async Task An_answer_is_compressed_for_who_asks(string accepted)
    {
        using var response = await SendRawAsync(HttpMethod.Get, Limits, content: null, ("Accept-Encoding", accepted));

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        response.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress);
        ((int)(await JsonNode.ParseAsync(plain, cancellationToken: Cancel))!["DailyApiRequests"]!["Max"]!).ShouldBe(100_000);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip;q=0")]
    public async Task Nobody_else_gets_it(string accepted)
    {
        using var response = await SendRawAsync(HttpMethod.Get, Limits, content: null, ("Accept-Encoding", accepted));

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["DailyApiRequests"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_request_may_be_compressed(string encoding)
    {
        using var body = Body(Compressed("""{"Subject":"Broken lamp"}""", encoding), encoding);

        var created = await SendAsync(HttpMethod.Post, "/services/data/v67.0/sobjects/Case", body);

        created.Status.ShouldBe(HttpStatusCode.Created);
        Org.Record((string)created.Body!["id"]!).Fields["Subject"].ShouldBe("Broken lamp");
    }

    [Theory]
    [InlineData("gzip", HttpStatusCode.BadRequest)]
    [InlineData("br", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_cannot_be_read_is_refused(string encoding, HttpStatusCode status)
    {
        using var body = Body(Encoding.UTF8.GetBytes("""{"Subject":"not compressed at all"}"""), encoding);

        (await SendAsync(HttpMethod.Post, "/services/data/v67.0/sobjects/Case", body)).Status.ShouldBe(status);
    }

    private static ByteArrayContent Body(byte[] bytes, string encoding) =>
        new(bytes) { Headers = { ContentType = new("application/json"), ContentEncoding = { encoding } } };

    private static byte[] Compressed(string text, string encoding)
    {
        using var bytes = new MemoryStream();
        using (Stream packer = encoding == "gzip" ? new GZipStream(bytes, CompressionLevel.Fastest) : new ZLibStream(bytes, CompressionLevel.Fastest))
        {
            packer.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
