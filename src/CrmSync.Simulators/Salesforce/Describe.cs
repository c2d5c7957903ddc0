using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>What <c>describe</c> tells about the objects, with the keys clients read.</summary>
internal static class Describe
{
    public static JsonObject Global(Org org, string version) => new()
    {
        ["encoding"] = "UTF-8",
        ["maxBatchSize"] = 200,
        ["sobjects"] = new JsonArray([.. org.Schema.Values.Select(t => Summary(t, version))]),
    };

    public static JsonObject Summary(SObjectType type, string version) => new()
    {
        ["name"] = type.Name,
        ["label"] = type.Name,
        ["keyPrefix"] = type.KeyPrefix,
        ["custom"] = type.IsCustom,
        ["createable"] = true,
        ["updateable"] = true,
        ["deletable"] = true,
        ["queryable"] = true,
        ["retrieveable"] = true,
        ["urls"] = new JsonObject
        {
            ["sobject"] = $"/services/data/{version}/sobjects/{type.Name}",
            ["describe"] = $"/services/data/{version}/sobjects/{type.Name}/describe",
            ["rowTemplate"] = $"/services/data/{version}/sobjects/{type.Name}/{{ID}}",
        },
    };

    public static JsonObject Of(Org org, SObjectType type, string version)
    {
        var description = Summary(type, version);
        var writeable = !org.Rules.ReadOnlyObjects.Contains(type.Name);
        description["createable"] = writeable;
        description["updateable"] = writeable;
        description["childRelationships"] = new JsonArray();
        description["recordTypeInfos"] = new JsonArray();
        description["fields"] = new JsonArray([.. org.Visible(type).Select(f => Of(org.AsRuled(type, f), !org.Rules.ReadOnlyFields.Contains($"{type.Name}.{f.Name}")))]);
        return description;
    }

    private static JsonObject Of(Field field, bool writeable) => new()
    {
        ["name"] = field.Name,
        ["label"] = field.Name,
        ["type"] = TypeName(field.Kind),
        ["length"] = field.Length,
        ["byteLength"] = field.CountsBytes ? field.Length : field.Length * 3,
        ["createable"] = field.Createable && writeable,
        ["updateable"] = field.Updateable && writeable,
        ["nillable"] = !field.Required && field.Kind != FieldKind.Boolean,
        ["defaultedOnCreate"] = field.Default is not null,
        ["unique"] = field.Unique,
        ["externalId"] = field.ExternalId,
        ["idLookup"] = field.IdLookup,
        ["autoNumber"] = field.Kind == FieldKind.AutoNumber,
        ["calculated"] = false,
        ["custom"] = field.IsCustom,
        ["filterable"] = field.Kind is not (FieldKind.Base64 or FieldKind.TextArea),
        ["restrictedPicklist"] = field.Restricted,
        ["picklistValues"] = new JsonArray(
            [.. field.Values.Select(v => new JsonObject { ["active"] = true, ["defaultValue"] = v.Equals(field.Default), ["label"] = v, ["validFor"] = null, ["value"] = v })]),
        ["referenceTo"] = new JsonArray([.. field.ReferenceTo.Select(t => (JsonNode)t)]),
        ["relationshipName"] = field.Relationship,
        ["soapType"] = field.Kind == FieldKind.Id ? "tns:ID" : "xsd:string",
    };

    private static string TypeName(FieldKind kind) => kind switch
    {
        FieldKind.Id => "id",
        FieldKind.Reference => "reference",
        FieldKind.TextArea => "textarea",
        FieldKind.Picklist => "picklist",
        FieldKind.Boolean => "boolean",
        FieldKind.Number => "double",
        FieldKind.DateTime => "datetime",
        FieldKind.Date => "date",
        FieldKind.Base64 => "base64",
        _ => "string",
    };
}
