using Microsoft.AspNetCore.Antiforgery;

namespace CrmSync.Console.Hosting;

/// <summary>For endpoints that take a form: without the token of our own page, 400.</summary>
internal sealed class AntiforgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await antiforgery.IsRequestValidAsync(context.HttpContext) ? await next(context) : Results.BadRequest();
}
