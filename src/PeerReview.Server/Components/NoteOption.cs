using PeerReview.Core.People;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>A note verbale on record, to be chosen.</summary>
/// <param name="Used">Whether somebody holds a role in the review by it already.</param>
public sealed record NoteOption(string Number, DateOnly Dated, bool Used)
{
    /// <summary>What the fields of <see cref="NoteChoice"/> say. A note that was typed comes before one from the list, which may
    /// only have been proposed.</summary>
    public static NoteVerbale Of(Form form)
    {
        var typed = new NoteVerbale(form.Text("noteVerbale.number"), form.Day("noteVerbale.dated"), form.Text("noteVerbale.signatory"));
        return typed == new NoteVerbale("") && form.Text("noteVerbale.dated").Length == 0 ? new NoteVerbale(form.Text("note")) : typed;
    }
}
