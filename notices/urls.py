"""Which address leads where in this package?"""

from django.urls import path, register_converter

from notices import views

app_name = "notices"


class NumberConverter:
    """A notice's number, in any capitals: people read it out over the telephone."""

    regex = "[Pp][Nn]-[0-9]{4}-[0-9A-Za-z]{5}"

    def to_python(self, value: str) -> str:
        """Return what stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the number as it stands in an address."""
        return value


register_converter(NumberConverter, "number")

urlpatterns = [
    path("", views.notices, name="notices"),
    path("list.csv", views.notices_csv, name="notices_csv"),
    path("exceptions/", views.exceptions, name="exceptions"),
    path("searches/new/", views.search_new, name="search_new"),
    path("searches/edit/", views.search_edit, name="search_edit"),
    path("searches/delete/", views.search_delete, name="search_delete"),
    path("new/", views.notice_new, name="notice_new"),
    path("<number:number>/", views.notice, name="notice"),
    path("<number:number>.pdf", views.notice_pdf, name="notice_pdf"),
    path("<number:number>/acknowledge/", views.notice_acknowledge, name="notice_acknowledge"),
    path("<number:number>/read/", views.notice_read, name="notice_read"),
    path("<number:number>/edit/", views.notice_edit, name="notice_edit"),
    path("<number:number>/autosave/", views.notice_autosave, name="notice_autosave"),
    path("<number:number>/texts/", views.notice_texts, name="notice_texts"),
    path("<number:number>/share/", views.notice_share, name="notice_share"),
    path("<number:number>/discard/", views.notice_discard, name="notice_discard"),
    path("<number:number>/update/", views.notice_update, name="notice_update"),
    path("<number:number>/preview/", views.notice_preview, name="notice_preview"),
    path("<number:number>/editions/", views.notice_editions, name="notice_editions"),
    path("<number:number>/editions/<int:edition>/", views.notice_edition, name="notice_edition"),
    path("<number:number>/editions/<int:edition>/read/", views.notice_edition_read, name="notice_edition_read"),
    path("<number:number>/compare/", views.notice_compare, name="notice_compare"),
    path("<number:number>/attachments/", views.notice_attachments, name="notice_attachments"),
    path("<number:number>/attachments/<slug:public_id>/", views.notice_attachment, name="notice_attachment"),
    path(
        "<number:number>/attachments/<slug:public_id>/change/",
        views.notice_attachment_change,
        name="notice_attachment_change",
    ),
    path(
        "<number:number>/attachments/<slug:public_id>/remove/",
        views.notice_attachment_remove,
        name="notice_attachment_remove",
    ),
    path(
        "<number:number>/attachments/<slug:public_id>/forward/",
        views.notice_attachment_forward,
        name="notice_attachment_forward",
    ),
    path("<number:number>/submit/", views.notice_submit, name="notice_submit"),
    path("<number:number>/cosponsors/", views.notice_cosponsors, name="notice_cosponsors"),
    path("<number:number>/cosponsor/", views.notice_cosponsor, name="notice_cosponsor"),
    path("<number:number>/review/", views.notice_review, name="notice_review"),
    path("<number:number>/publish/", views.notice_publish, name="notice_publish"),
    path("<number:number>/unschedule/", views.notice_unschedule, name="notice_unschedule"),
    path("<number:number>/confirm/", views.notice_confirm, name="notice_confirm"),
    path("<number:number>/suspend/", views.notice_suspend, name="notice_suspend"),
    path("<number:number>/reinstate/", views.notice_reinstate, name="notice_reinstate"),
    path("<number:number>/withdraw/", views.notice_withdraw, name="notice_withdraw"),
    path("<number:number>/readers/", views.notice_readers, name="notice_readers"),
    path("<number:number>/why/", views.notice_why, name="notice_why"),
    path("<number:number>/exceptions/", views.notice_exceptions, name="notice_exceptions"),
    path("<number:number>/exceptions/<slug:public_id>/end/", views.notice_exception_end, name="notice_exception_end"),
]
