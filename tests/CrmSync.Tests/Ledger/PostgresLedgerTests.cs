using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.TestSupport.Postgres;

namespace CrmSync.Tests.Ledger;

public sealed class PostgresLedgerTests(PostgresCluster cluster) : LedgerContract
{
    private PostgresPlace? _place;

    protected override async ValueTask PrepareAsync() => _place = await PostgresPlace.MakeAsync(cluster, Clock);

    protected override LedgerOptions Options => _place!.Options;

    protected override ILedger Create() => _place!.Create();

    protected override async ValueTask CleanAsync() => await _place!.DisposeAsync();
}
