global using CrmSync.Core;
global using CrmSync.Core.Deliveries;
global using CrmSync.Core.Intake;
global using CrmSync.Ledger.Rows;
