using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>The REST resources, for HTTP and for composite calls alike.</summary>
internal sealed class RestApi(Org org)
{
    private readonly RowResource _rows = new(org);
    private readonly QueryResource _queries = new(org);
    private readonly CollectionResource _collections = new(org);
    private readonly Soql.SoslSearch _search = new(org);

    /// <summary>Answers; a refusal becomes the error array with its status.</summary>
    public ApiAnswer Answer(ApiRequest request)
    {
        try
        {
            return Route(request);
        }
        catch (ApiException e)
        {
            return ApiAnswer.Of(e);
        }
    }

    private ApiAnswer Route(ApiRequest request) => (request.Method, request.Path) switch
    {
        ("GET", []) => ApiAnswer.Ok(Resources(request.Version)),
        ("GET", ["sobjects"]) => ApiAnswer.Ok(Describe.Global(org, request.Version)),
        ("GET", ["sobjects", var type, "describe"]) => ApiAnswer.Ok(Describe.Of(org, org.Type(type), request.Version)),
        ("GET", ["sobjects", var type]) => ApiAnswer.Ok(new JsonObject { ["objectDescribe"] = Describe.Summary(org.Type(type), request.Version), ["recentItems"] = new JsonArray() }),
        ("POST", ["sobjects", var type]) => _rows.Create(request, org.Type(type)),
        ("GET", ["sobjects", var type, var id, "VersionData"]) => _rows.Download(org.Type(type), id),
        ("GET", ["sobjects", var type, "updated" or "deleted"]) => _rows.Changed(request, org.Type(type), deleted: request.Path[2] == "deleted"),
        (_, ["sobjects", var type, var id]) => _rows.ById(request, org.Type(type), id),
        (_, ["sobjects", var type, var field, var value]) => _rows.ByExternalId(request, org.Type(type), field, value),
        ("GET", ["query"]) => _queries.Run(request, all: false),
        ("GET", ["queryAll"]) => _queries.Run(request, all: true),
        ("GET", ["query" or "queryAll", var locator]) => _queries.More(request, locator),
        (_, ["composite", "sobjects", ..]) => _collections.Answer(request),
        ("GET", ["search"]) => ApiAnswer.Ok(_search.Run(request.Required("q"), request.Version)),
        ("POST", ["composite", "tree", var type]) => new TreeResource(org).Answer(request, org.Type(type)),
        ("POST", ["composite"]) => new CompositeResource(org, this).Answer(request),
        ("POST", ["composite", "batch"]) => new BatchResource(this).Answer(request),
        ("POST", ["composite", "graph"]) => new GraphResource(org, this).Answer(request),
        ("GET", ["composite"]) => ApiAnswer.Ok(Names($"/services/data/{request.Version}/composite/", "tree", "batch", "sobjects", "graph")),
        (not "GET", ["query" or "queryAll" or "limits", ..]) => throw new ApiException(405, "METHOD_NOT_ALLOWED", $"HTTP Method '{request.Method}' not allowed. Allowed are GET"),
        _ => throw ApiException.NotFound(),
    };

    private JsonObject Resources(string version)
    {
        var resources = Names($"/services/data/{version}/", "sobjects", "query", "queryAll", "search", "limits", "composite");
        resources["identity"] = $"/id/{org.OrganizationId}/{org.UserId}";
        return resources;
    }

    private static JsonObject Names(string root, params IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)JsonValue.Create(root + name))));
}
