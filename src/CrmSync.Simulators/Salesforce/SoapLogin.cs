using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Salesforce;

/// <summary><c>POST /services/Soap/u/{version}</c>: <c>login()</c> of the partner API and nothing else. Gone from version 65.0 on, as at Salesforce.</summary>
internal sealed class SoapLogin(Org org, AccessTokens tokens, RollingCounter logins)
{
    private const decimal GoneFrom = 65;

    private static readonly XNamespace Envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Partner = "urn:partner.soap.sforce.com";
    private static readonly XNamespace Faults = "urn:fault.partner.soap.sforce.com";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/services/Soap/u/{version}", AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        var (username, password) = await ReadAsync(context);
        var isKnown = username == org.Options.Username && password == org.Options.Password + org.Options.SecurityToken;
        var refusal = !decimal.TryParse((string?)context.Request.RouteValues["version"], CultureInfo.InvariantCulture, out var version) || version >= GoneFrom
            ? ("UNSUPPORTED_API_VERSION", "SOAP API login() is not available in this version.")
            : !logins.TrySpend(1, org.LoginsPerHourMax) ? ("REQUEST_LIMIT_EXCEEDED", "login rate exceeded")
            : !isKnown || org.Rules.LoginRefusal is not null ? ("INVALID_LOGIN", "Invalid username, password, security token; or user locked out.")
            : ((string, string)?)null;

        context.Response.ContentType = "text/xml;charset=UTF-8";
        context.Response.StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        var body = refusal is var (code, message) ? Refused(code, message) : Result(context, version);
        await context.Response.WriteAsync(
            new XElement(Envelope + "Envelope", new XAttribute(XNamespace.Xmlns + "soapenv", Envelope), new XElement(Envelope + "Body", body)).ToString(SaveOptions.DisableFormatting),
            context.RequestAborted);
    }

    private static async Task<(string? Username, string? Password)> ReadAsync(HttpContext context)
    {
        try
        {
            var request = await XDocument.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
            var login = request.Descendants(Partner + "login").FirstOrDefault();
            return (login?.Element(Partner + "username")?.Value, login?.Element(Partner + "password")?.Value);
        }
        catch (XmlException)
        {
            return (null, null);
        }
    }

    private XElement Result(HttpContext context, decimal version) => new(
        Partner + "loginResponse",
        new XElement(
            Partner + "result",
            new XElement(Partner + "passwordExpired", "false"),
            new XElement(Partner + "serverUrl", string.Create(CultureInfo.InvariantCulture, $"{context.Request.Scheme}://{context.Request.Host}/services/Soap/u/{version:0.0}/{org.OrganizationId[..15]}")),
            new XElement(Partner + "sessionId", tokens.Issue(org.OrganizationId)),
            new XElement(Partner + "userId", org.UserId),
            new XElement(Partner + "userInfo", new XElement(Partner + "organizationId", org.OrganizationId))));

    // Clients look for "sf:exceptionCode" by its prefix.
    private static XElement Refused(string code, string message) => new(
        Envelope + "Fault",
        new XAttribute(XNamespace.Xmlns + "sf", Faults),
        new XElement("faultcode", $"sf:{code}"),
        new XElement("faultstring", $"{code}: {message}"),
        new XElement("detail", new XElement(Faults + "LoginFault", new XElement(Faults + "exceptionCode", code), new XElement(Faults + "exceptionMessage", message))));
}
