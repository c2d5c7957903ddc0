using System.Reflection;
using System.Xml.Linq;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Conventions;

/// <summary>The direction of dependencies: what each project may know of ours, and what the product's thinking must not know at all.</summary>
public sealed class ProjectReferenceTests
{
    [Theory]
    [InlineData("CrmSync.Scripting", "")]
    [InlineData("CrmSync.Mail", "")]
    [InlineData("CrmSync.Simulators", "")]
    [InlineData("CrmSync.Core", "CrmSync.Scripting")]
    [InlineData("CrmSync.Ledger", "CrmSync.Core")]
    [InlineData("CrmSync.Connectors", "CrmSync.Core CrmSync.Mail")]
    [InlineData("CrmSync", "CrmSync.Connectors CrmSync.Core CrmSync.Ledger CrmSync.Simulators")]
    public void A_project_references_only_what_lies_further_inside(string project, string allowed)
    {
        var references = XDocument.Load(Repository.Combine("src", project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal);

        string.Join(' ', references).ShouldBe(allowed);
    }

    [Fact]
    public void Every_project_of_the_product_is_in_the_table_above()
    {
        var table = typeof(ProjectReferenceTests).GetMethod(nameof(A_project_references_only_what_lies_further_inside))!
            .GetCustomAttributes<InlineDataAttribute>().Select(row => (string)row.Data[0]!);

        Product.Assemblies.Keys.Order(StringComparer.Ordinal).ShouldBe(table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_core_knows_no_database_no_scheduler_no_web_server_and_no_crm()
    {
        string[] strangers = ["Dapper", "Microsoft.Data.", "SQLitePCL", "Npgsql", "Quartz", "Polly", "Microsoft.AspNetCore", "Spectre", "System.CommandLine", "System.Net.Http", "System.Data"];

        var references = Product.Assemblies["CrmSync.Core"].GetReferencedAssemblies().Select(name => name.Name!);

        references.Where(name => strangers.Any(stranger => name.StartsWith(stranger, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void A_connector_knows_no_other_connector()
    {
        var folders = Directory.GetDirectories(Repository.Combine("src", "CrmSync.Connectors"))
            .Select(Path.GetFileName).Where(name => name is not ("bin" or "obj" or "Sources" or "Shared")).ToList();

        var meetings =
            from folder in folders
            from file in Repository.Files(Path.Combine("src", "CrmSync.Connectors", folder!), "*.cs")
            let text = File.ReadAllText(file)
            from other in folders
            where other != folder && text.Contains($"CrmSync.Connectors.{other}", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)} uses {other}";

        meetings.ShouldBeEmpty();
    }
}
