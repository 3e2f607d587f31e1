using Microsoft.AspNetCore.Components;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>The base of every component: it knows the reader and the reader's language, and nothing else by itself.</summary>
/// <remarks>
/// <para>A component draws what it is given: no injection, no loading, no deciding. A page is one component
/// <c>Features/&lt;feature&gt;/&lt;Name&gt;View.razor</c> with one parameter <c>Model</c>, whose root is
/// <c>&lt;Shell Title="…"&gt;</c>; its route answers <c>Answer.Page&lt;NameView&gt;(new { Model = … })</c>.</para>
/// <para>Shared parts: <c>Shell</c>, <c>PostForm</c> (every form that changes something), <c>ErrorSummary</c>,
/// <c>Field</c>, <c>SelectField</c>, <c>FileField</c>, <c>Choice</c>, <c>DueDate</c>, <c>LabelBadge</c>, <c>WhoSees</c>,
/// <c>StageList</c>, <c>EmptyState</c>, <c>Callout</c>, <c>DataTable</c>, <c>ConfirmPage</c>.</para>
/// <para>Classes for layout: <c>actions</c> (a row of buttons), <c>card</c>, <c>stack</c>, <c>columns</c>, <c>facts</c>
/// (a <c>dl</c> of name and value), <c>button</c> on links, <c>secondary</c> and <c>danger</c> beside it, <c>quiet</c>
/// (small, toned down), <c>visually-hidden</c>. Never a <c>style</c> attribute: the content policy drops it.</para>
/// </remarks>
public abstract class Fragment : ComponentBase
{
    /// <summary>The request this page answers.</summary>
    [CascadingParameter]
    public required Visit Visit { get; set; }

    /// <summary>The texts in the reader's language.</summary>
    protected Texts Texts => Visit.Texts;

    /// <summary>Who reads.</summary>
    protected Caller Caller => Visit.Caller;

    /// <summary>Tells the fields of one form from those of the same name in others of the page; null where there is one form,
    /// or where names differ.</summary>
    [CascadingParameter(Name = "FormKey")]
    public string? FormKey { get; set; }

    /// <summary>What the reader typed into a form of this page earlier and has not saved; empty when there is nothing.</summary>
    /// <param name="part">The <c>Keep</c> of the form.</param>
    protected Form DraftOf(string part = "") => Caller.Drafts.FirstOrDefault(draft => draft.Part == part)?.Form ?? Form.Empty;

    /// <summary>The id of the control of a field, which its error links to.</summary>
    protected string IdOf(string field) => (FormKey is null ? "f-" : $"f-{FormKey}-") + field.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);
}
