using System.Globalization;
using System.Reflection;
using PeerReview.Core;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Primitives;
using PeerReview.Core.People;

namespace PeerReview.Server.Platform.Web;

/// <summary>What somebody typed into a form. A parameter of a page's POST handler is bound to it.</summary>
/// <remarks>Nothing is lost: a view given the form shows every field again as it was sent.</remarks>
public sealed class Form(IFormCollection? fields) : IBindableFromHttpContext<Form>
{
    /// <summary>The form before anybody typed.</summary>
    public static Form Empty { get; } = new(null);

    /// <summary>A form with what is known already filled in.</summary>
    public static Form Filled(IReadOnlyDictionary<string, string[]> fields) =>
        new(new FormCollection(fields.ToDictionary(f => f.Key, f => new StringValues(f.Value), StringComparer.Ordinal)));

    /// <summary>The files sent along.</summary>
    public IFormFileCollection Files => fields?.Files ?? new FormFileCollection();

    /// <summary>The names of all fields.</summary>
    public IEnumerable<string> Names => fields?.Keys ?? [];

    /// <summary>A text without blanks around it; empty when the field is not there. Line ends are <c>\n</c>.</summary>
    public string Text(string name) => Raw(name).Tidy();

    /// <summary>A text exactly as it came, for showing it again.</summary>
    public string Raw(string name) => fields?[name] is { Count: > 0 } values ? values[0] ?? "" : "";

    /// <summary>Whether the form had the field at all; an unticked box has none.</summary>
    public bool Has(string name) => fields?.ContainsKey(name) == true;

    /// <summary>Whether a box was ticked.</summary>
    public bool IsOn(string name) => Raw(name) is "on" or "true";

    /// <summary>Every value of a group of boxes.</summary>
    public IReadOnlyList<string> All(string name) => fields?[name] is { Count: > 0 } values ? [.. values.OfType<string>()] : [];

    /// <summary>A day as date fields send it (2026-11-22), or null.</summary>
    public DateOnly? Day(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A whole number, or null.</summary>
    public int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An id, or null.</summary>
    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    /// <summary>A person named in the fields <c>name</c>, <c>email</c>, <c>office</c>.</summary>
    /// <param name="prefix">What stands before the names of the fields.</param>
    public NamedPerson Person(string prefix = "") => new(Text(prefix + "name"), Text(prefix + "email"), Text(prefix + "office"));

    public static async ValueTask<Form?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        // A form the antiforgery check refused may not even be asked what it is: the filter answers.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } || !context.Request.HasFormContentType)
            return Empty;
        var fields = await context.Request.ReadFormAsync(context.RequestAborted);
        if (fields.Any(field => field.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)))
            throw new BadHttpRequestException("A field of the form holds a NUL character.");
        return new Form(fields);
    }
}
