using PeerReview.Server.Platform.Data;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Stacks;

/// <summary>A database from before stacks were remembered: whatever it held was moved by the embedded one.</summary>
public sealed class OlderDatabaseTests : IDisposable
{
    private const int LastStepBefore = 6;

    private readonly string _steps = Directory.CreateTempSubdirectory("peerreview-steps-").FullName;

    public OlderDatabaseTests()
    {
        foreach (var path in Directory.GetFiles(ProgramFiles.Migrations).Order(StringComparer.Ordinal).Take(LastStepBefore))
            File.Copy(path, Path.Combine(_steps, Path.GetFileName(path)));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_steps, recursive: true);

    [Fact]
    public async Task With_a_review_it_stays_on_the_embedded_stack()
    {
        await using var test = await OlderAsync();
        await test.AsOwnerAsync(
            """
            INSERT INTO programme (id, slug, name, created_at) VALUES (gen_random_uuid(), 'un', 'UN Programme', now());
            INSERT INTO definition (kind, id, version, hash, source, published_at)
            VALUES ('process', 'p', 1, repeat('0', 64), '{}', now()), ('framework', 'f', 1, repeat('0', 64), '{}', now());
            INSERT INTO review (id, programme_id, subject_kind, subject_state, process_id, process_version, framework_id,
                                framework_version, variant, status, launched_at, register_consent, sequence, head, state, dossier)
            SELECT gen_random_uuid(), id, 'national', 'PRT', 'p', 1, 'f', 1, 'light', 'closed',
                   now(), true, 1, decode(repeat('00', 32), 'hex'), '', ''
            FROM programme
            """);

        await DatabaseStart.MigrateAsync(test.Connections.Owner!, Cancel);

        Assert.Equal(["embedded"], await RememberedAsync(test));
        // And the review is closed again to whoever has not set its programme, owner or not.
        Assert.Equal([true], await test.AsOwnerAsync<bool>("SELECT relforcerowsecurity FROM pg_class WHERE oid = 'review'::regclass"));
    }

    [Fact]
    public async Task Without_one_nothing_is_settled_yet()
    {
        await using var test = await OlderAsync();

        await DatabaseStart.MigrateAsync(test.Connections.Owner!, Cancel);

        Assert.Empty(await RememberedAsync(test));
    }

    private async Task<TestDatabase> OlderAsync()
    {
        var test = await TestDatabase.CreateEmptyAsync();
        await new Migrator(_steps).ApplyAsync(test.Connections.Owner!, Cancel);
        await ReferenceData.LoadStatesAsync(test.Connections.Owner!, ProgramFiles.States, Cancel);
        return test;
    }

    private static Task<IReadOnlyList<string>> RememberedAsync(TestDatabase test) =>
        test.AsOwnerAsync<string>("SELECT value FROM app.setting WHERE key = 'stack'");
}
