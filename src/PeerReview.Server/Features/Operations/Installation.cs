using System.Reflection;
using System.Runtime.InteropServices;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Stacks;

namespace PeerReview.Server.Features.Operations;

/// <summary>What runs here: versions and times, for whoever is asked "what do you have there?".</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Stack">What moves reviews, runs what recurs and writes letters.</param>
/// <param name="StackParts">The libraries it stands on.</param>
/// <param name="Runtime">.NET and operating system.</param>
/// <param name="Postgres">Of the server.</param>
/// <param name="Schema">The last step of the schema.</param>
/// <param name="StartedAt">Of this node; real time.</param>
/// <param name="RealTime">Now.</param>
/// <param name="BusinessTime">Now, by the clock deadlines follow.</param>
/// <param name="ManualClock">Whether that clock is moved by hand.</param>
public sealed record Installation(
    string Version,
    string Stack,
    IReadOnlyList<StackPart> StackParts,
    string Runtime,
    string Postgres,
    string Schema,
    DateTimeOffset StartedAt,
    DateTimeOffset RealTime,
    DateTimeOffset BusinessTime,
    bool ManualClock)
{
    /// <summary>The version of the program, with the commit it was built from where that is known.</summary>
    public static string Program { get; } =
        typeof(Installation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Reads it in one round trip.</summary>
    public static Task<Installation> ReadAsync(
        Database database, IStack stack, TimeProvider time, CancellationToken cancel) =>
        database.ReadAsync(Scope.None, Sql.Read, null, async grid =>
        {
            var row = await grid.ReadSingleAsync<Row>();
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return new Installation(
                Program, stack.Name, stack.Parts, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}",
                row.Postgres, row.Schema, new DateTimeOffset(process.StartTime).ToUniversalTime(), time.GetUtcNow(), row.BusinessTime, row.Manual);
        }, cancel);

    private sealed record Row(string Postgres, string Schema, DateTimeOffset BusinessTime, bool Manual);

    private static class Sql
    {
        public const string Read =
            """
            SELECT current_setting('server_version') AS postgres,
                   (SELECT name FROM schema_migration ORDER BY number DESC LIMIT 1) AS schema,
                   app.clock() AS business_time, (SELECT manual FROM app.clock_shift) AS manual
            """;
    }
}
