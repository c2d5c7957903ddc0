using System.Globalization;
using System.Xml.Linq;
using CrmSync.Simulators.Salesforce;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>The admin's package and the simulator's org describe the same fields.</summary>
public sealed class SalesforcePackageTests
{
    private static readonly XNamespace Metadata = "http://soap.sforce.com/2006/04/metadata";

    /// <summary>A field that the simulated org's admin made, not the package.</summary>
    private const string AdminsOwn = "Severity__c";

    private static string Package => Path.Combine(AppContext.BaseDirectory, "salesforce", "force-app", "main", "default");

    [Theory]
    [InlineData("CrmSync_Delivery__c")]
    [InlineData("Case")]
    public void Custom_fields_have_the_same_names_and_lengths(string type)
    {
        var packaged = Directory.EnumerateFiles(Path.Combine(Package, "objects", type, "fields"), "*.xml")
            .Select(file => XDocument.Load(file).Root!)
            .Select(field => (Name: Text(field, "fullName") ?? string.Empty, Length: int.TryParse(Text(field, "length"), CultureInfo.InvariantCulture, out var length) ? length : 0));

        var simulated = StandardObjects.All(new OrgOptions())[type].Fields
            .Where(f => f.IsCustom && f.Name != AdminsOwn)
            .Select(f => (f.Name, Length: f.Kind is FieldKind.Text ? f.Length : 0));

        packaged.ShouldBe(simulated, ignoreOrder: true);
    }

    [Fact]
    public void The_key_is_a_unique_external_id_in_any_case()
    {
        var key = XDocument.Load(Path.Combine(Package, "objects", "CrmSync_Delivery__c", "fields", "Key__c.field-meta.xml")).Root!;

        (Text(key, "unique"), Text(key, "externalId"), Text(key, "caseSensitive")).ShouldBe(("true", "true", "false"));
    }

    [Fact]
    public void The_permission_set_lets_the_user_write_every_field_that_is_not_required()
    {
        var granted = XDocument.Load(Path.Combine(Package, "permissionsets", "CrmSync.permissionset-meta.xml")).Root!
            .Elements(Metadata + "fieldPermissions")
            .Where(p => Text(p, "editable") == "true")
            .Select(p => Text(p, "field"));

        var needed = StandardObjects.All(new OrgOptions()).Values
            .SelectMany(t => t.Fields.Where(f => f.IsCustom && f.Name != AdminsOwn && !f.Required).Select(f => $"{t.Name}.{f.Name}"));

        granted.ShouldBe(needed, ignoreOrder: true);
    }

    private static string? Text(XElement element, string name) => element.Element(Metadata + name)?.Value;
}
