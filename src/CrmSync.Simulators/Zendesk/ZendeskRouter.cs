using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Zendesk;

/// <summary>What one endpoint does with an authenticated request. Runs with the account's lock held.</summary>
internal delegate ZendeskAnswer ZendeskOperation(ZendeskCall call);

/// <summary>Maps endpoints below <c>/api/v2</c>, each with and without the <c>.json</c> suffix.</summary>
internal sealed class ZendeskRouter(IEndpointRouteBuilder routes, Func<HttpContext, ZendeskOperation, Task> answerAsync)
{
    public void Get(string pattern, ZendeskOperation operation) => Map("GET", pattern, operation);

    public void Post(string pattern, ZendeskOperation operation) => Map("POST", pattern, operation);

    public void Put(string pattern, ZendeskOperation operation) => Map("PUT", pattern, operation);

    public void Delete(string pattern, ZendeskOperation operation) => Map("DELETE", pattern, operation);

    /// <summary>A pattern that ends in a parameter takes the suffix with the parameter: <see cref="ZendeskCall.Route"/> strips it.</summary>
    private void Map(string method, string pattern, ZendeskOperation operation)
    {
        string[] spellings = pattern.EndsWith('}') ? [pattern] : [pattern, pattern + ".json"];

        foreach (var spelling in spellings)
        {
            routes.MapMethods($"/api/v2/{spelling}", [method], context => answerAsync(context, operation));
        }
    }
}
