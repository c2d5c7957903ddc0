global using static CrmSync.Scripting.Tests.Rendering;
