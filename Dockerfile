# syntax=docker/dockerfile:1

# Built once on the builder's own platform: the output is portable and serves every target platform.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# What restoring needs, apart from the sources: a change of code does not restore again.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/CrmSync/CrmSync.csproj src/CrmSync/packages.lock.json src/CrmSync/
COPY src/CrmSync.Connectors/CrmSync.Connectors.csproj src/CrmSync.Connectors/packages.lock.json src/CrmSync.Connectors/
COPY src/CrmSync.Core/CrmSync.Core.csproj src/CrmSync.Core/packages.lock.json src/CrmSync.Core/
COPY src/CrmSync.Ledger/CrmSync.Ledger.csproj src/CrmSync.Ledger/packages.lock.json src/CrmSync.Ledger/
COPY src/CrmSync.Mail/CrmSync.Mail.csproj src/CrmSync.Mail/packages.lock.json src/CrmSync.Mail/
COPY src/CrmSync.Scripting/CrmSync.Scripting.csproj src/CrmSync.Scripting/packages.lock.json src/CrmSync.Scripting/
COPY src/CrmSync.Simulators/CrmSync.Simulators.csproj src/CrmSync.Simulators/packages.lock.json src/CrmSync.Simulators/
RUN dotnet restore src/CrmSync/CrmSync.csproj --locked-mode

COPY appsettings.json ./
COPY templates/ templates/
COPY samples/ samples/
COPY src/ src/
RUN dotnet publish src/CrmSync/CrmSync.csproj --no-restore --configuration Release --output /app -p:UseAppHost=false

# The volume's folders, made here because the final image has no shell to make them with.
RUN mkdir -p /volume/inbox /volume/pickup /keys

# Chiseled: no shell, no package manager, nothing to update but .NET itself. "extra" because notes need ICU (languages) and
# tzdata (time zones). The image's own user is not root.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID:$APP_UID /volume /data
COPY --from=build --chown=$APP_UID:$APP_UID /keys /keys

# Everything the worker writes is below /data. No diagnostics socket in /tmp: the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0 \
    CRMSYNC_Ledger__Path=/data/ledger/crmsync.db \
    CRMSYNC_Http__ControlFile=/data/control.json

# The console listens on the container's loopback, where nobody outside reaches it: compose.yaml shows how to open it on purpose.

# Relative paths in the settings are below the volume, and an appsettings.json in it replaces the shipped one.
WORKDIR /data
VOLUME /data
USER $APP_UID

# The verb finds the worker by its control file and asks whether the ledger can be written; no CRM has a say in it.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["dotnet", "/app/crmsync.dll", "health"]

ENTRYPOINT ["dotnet", "/app/crmsync.dll"]
CMD ["run"]
