using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CrmSync.Simulators.Salesforce;

/// <summary>From an HTTP request to an <see cref="ApiRequest"/>: JSON, compressed or not, and multipart with one JSON part and blobs.</summary>
internal static class RequestReader
{
    private const int BoundaryMax = 70;

    public static async Task<ApiRequest> ReadAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[2..];
        return new ApiRequest(
            context.Request.Method,
            path[0],
            path[1..],
            context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await BodyAsync(context));
    }

    private static async Task<JsonNode?> BodyAsync(HttpContext context)
    {
        if (context.Request.Method is "GET" or "DELETE")
        {
            return null;
        }

        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed)
            ? parsed
            : throw new ApiException(415, "UNSUPPORTED_MEDIA_TYPE", "Content type not supported");
        var body = Plain(context.Request);
        try
        {
            return type.MediaType.Value switch
            {
                "application/json" => await JsonAsync(body, context.RequestAborted),
                "multipart/form-data" => await MultipartAsync(body, type, context.RequestAborted),
                _ => throw new ApiException(415, "UNSUPPORTED_MEDIA_TYPE", $"Content type {type.MediaType} not supported"),
            };
        }
        catch (InvalidDataException e)
        {
            throw ApiException.Malformed($"The entity body cannot be decompressed: {e.Message}");
        }
    }

    // Requests may come in both (intro_rest_compression).
    private static Stream Plain(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToUpperInvariant() switch
    {
        "" or "IDENTITY" => request.Body,
        "GZIP" => new GZipStream(request.Body, CompressionMode.Decompress),
        "DEFLATE" => new ZLibStream(request.Body, CompressionMode.Decompress),
        var other => throw new ApiException(415, "UNSUPPORTED_MEDIA_TYPE", $"Content encoding {other} not supported"),
    };

    private static async Task<JsonNode?> JsonAsync(Stream body, CancellationToken cancel)
    {
        try
        {
            return await JsonNode.ParseAsync(body, cancellationToken: cancel);
        }
        catch (JsonException e)
        {
            throw ApiException.Malformed($"Unexpected character at [line:{(e.LineNumber ?? 0) + 1}, column:{(e.BytePositionInLine ?? 0) + 1}]");
        }
    }

    private static async Task<JsonNode?> MultipartAsync(Stream body, MediaTypeHeaderValue type, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > BoundaryMax)
        {
            throw new ApiException(400, "INVALID_MULTIPART_REQUEST", "Multipart boundary is missing or longer than 70 characters");
        }

        JsonNode? json = null;
        var blobs = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, body);
        while (await reader.ReadNextSectionAsync(cancel) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || part.ContentType is null)
            {
                throw new ApiException(400, "INVALID_MULTIPART_REQUEST", "A part lacks Content-Disposition with a name or Content-Type");
            }

            if (disposition.IsFileDisposition())
            {
                using var bytes = new MemoryStream();
                await part.Body.CopyToAsync(bytes, cancel);
                blobs[HeaderUtilities.RemoveQuotes(disposition.Name).Value!] = bytes.ToArray();
            }
            else
            {
                json = await JsonAsync(part.Body, cancel);
            }
        }

        return WithBlobs(json as JsonObject ?? throw new ApiException(400, "INVALID_MULTIPART_REQUEST", "The JSON part is missing"), blobs);
    }

    private static JsonObject WithBlobs(JsonObject json, Dictionary<string, byte[]> blobs)
    {
        if (json["records"] is JsonArray records)
        {
            foreach (var record in records.OfType<JsonObject>())
            {
                var name = (string?)record["attributes"]?["binaryPartName"];
                if (name is not null && blobs.TryGetValue(name, out var bytes))
                {
                    record[(string?)record["attributes"]?["binaryPartNameAlias"] ?? "VersionData"] = Convert.ToBase64String(bytes);
                }
            }

            return json;
        }

        foreach (var (name, bytes) in blobs)
        {
            json[name] = Convert.ToBase64String(bytes);
        }

        return json;
    }
}
