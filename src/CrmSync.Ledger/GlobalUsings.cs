global using CrmSync.Core;
global using CrmSync.Core.Deliveries;
global using CrmSync.Core.Intake;
