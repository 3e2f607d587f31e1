using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>The file of a note verbale, for the coordinators of its programme.</summary>
public sealed class NoteFile(Database database)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/programme/notes-verbales/{note:guid}/file", GetAsync);
        routes.Api.MapGet("/programmes/{programme:guid}/notes-verbales/{note:guid}/file", GetAsync)
            .WithName(nameof(NoteFile)).WithTags("programmes");
    }

    private static async Task<IResult> GetAsync(Guid note, Caller caller, NoteFile files, CancellationToken cancel) =>
        await files.FindAsync(caller, note, cancel) is { } row
            ? TypedResults.File(row.Content, row.MediaType, row.Name)
            : Answer.NotFound();

    private async Task<Row?> FindAsync(Caller caller, Guid note, CancellationToken cancel)
    {
        var row = await database.SingleOrDefaultAsync<Row>(caller.Scope, Sql.Find, new { Note = note }, cancel);
        return row is not null
            && Access.May(caller.Actor, ProgrammeAct.RecordNoteVerbale, new ProgrammeId(row.ProgrammeId)) is null
            ? row
            : null;
    }

    private sealed record Row(Guid ProgrammeId, string Name, string MediaType, byte[] Content);

    private static class Sql
    {
        public const string Find =
            """
            SELECT n.programme_id, f.name, f.media_type, c.content
            FROM note_verbale n JOIN file f ON f.id = n.file_id JOIN file_content c ON c.file_id = f.id
            WHERE n.id = @Note AND f.removed_at IS NULL
            """;
    }
}
