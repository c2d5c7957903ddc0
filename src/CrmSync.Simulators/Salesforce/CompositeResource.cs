using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary><c>POST /composite</c>: up to 25 subrequests in order, at most five of them queries or collections; <c>allOrNone</c> is false unless asked for.</summary>
internal sealed class CompositeResource(Org org, RestApi api)
{
    private const int SubrequestsMax = 25;
    private const int HeavyMax = 5;

    public ApiAnswer Answer(ApiRequest request)
    {
        var subrequests = Subrequest.ReadAll(request.Body, allowHeaders: true);
        EnsureLimits(subrequests);
        var allOrNone = (bool?)request.Object["allOrNone"] ?? false;

        using var transaction = org.Begin();
        var answers = Run(subrequests, allOrNone);
        if (allOrNone && answers.Exists(IsFailed))
        {
            answers = [.. answers.Select(a => IsFailed(a) ? a : ApiAnswer.Of(ApiException.RolledBack()))];
        }
        else
        {
            transaction.Commit();
        }

        return ApiAnswer.Ok(new JsonObject
        {
            ["compositeResponse"] = new JsonArray([.. subrequests.Zip(answers, (s, a) => s.Answered(a))]),
        });
    }

    private List<ApiAnswer> Run(IReadOnlyList<Subrequest> subrequests, bool allOrNone)
    {
        var references = new References();
        var answers = new List<ApiAnswer>(subrequests.Count);
        foreach (var subrequest in subrequests)
        {
            var answer = allOrNone && answers.Exists(IsFailed)
                ? ApiAnswer.Of(ApiException.RolledBack())
                : Answer(allOrNone ? WithAllOrNone(subrequest) : subrequest, references);
            references.Add(subrequest.ReferenceId, answer);
            answers.Add(answer);
        }

        return answers;
    }

    private ApiAnswer Answer(Subrequest subrequest, References references)
    {
        try
        {
            return api.Answer(ApiRequest.Sub(
                subrequest.Method, references.Resolve(subrequest.Url), references.Resolve(subrequest.Body), subrequest.Headers));
        }
        catch (ApiException e)
        {
            return ApiAnswer.Of(e);
        }
    }

    private static void EnsureLimits(IReadOnlyList<Subrequest> subrequests)
    {
        if (subrequests.Count > SubrequestsMax)
        {
            throw new ApiException(400, "LIMIT_EXCEEDED", $"Limit of {SubrequestsMax} reached for number of requests");
        }

        if (subrequests.Count(IsHeavy) > HeavyMax)
        {
            throw new ApiException(400, "LIMIT_EXCEEDED", $"Limit of {HeavyMax} reached for query and collection requests");
        }
    }

    // "If the Composite request has allOrNone set to true, the all-or-none behavior also applies to each of the Collections subrequests,
    // overriding the value of allOrNone in the subrequests."
    private static Subrequest WithAllOrNone(Subrequest subrequest)
    {
        if (subrequest.Body is not JsonObject body || body["records"] is null)
        {
            return subrequest;
        }

        var changed = (JsonObject)body.DeepClone();
        changed["allOrNone"] = true;
        return subrequest with { Body = changed };
    }

    // A collection answers 200 and says record by record what failed.
    private static bool IsFailed(ApiAnswer answer) =>
        !answer.IsSuccess || (answer.Body is JsonArray results && results.OfType<JsonObject>().Any(r => r["success"] is JsonValue success && !(bool)success));

    private static bool IsHeavy(Subrequest subrequest) =>
        subrequest.Url.Contains("/query", StringComparison.OrdinalIgnoreCase)
        || subrequest.Url.Contains("/composite/sobjects", StringComparison.OrdinalIgnoreCase);
}
