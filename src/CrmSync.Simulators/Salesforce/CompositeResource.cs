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
        if (allOrNone && answers.Exists(a => !a.IsSuccess))
        {
            answers = [.. answers.Select(a => a.IsSuccess ? ApiAnswer.Of(ApiException.RolledBack()) : a)];
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
            var answer = allOrNone && answers.Exists(a => !a.IsSuccess)
                ? ApiAnswer.Of(ApiException.RolledBack())
                : Answer(subrequest, references);
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

    private static bool IsHeavy(Subrequest subrequest) =>
        subrequest.Url.Contains("/query", StringComparison.OrdinalIgnoreCase)
        || subrequest.Url.Contains("/composite/sobjects", StringComparison.OrdinalIgnoreCase);
}
