"""The words with which lists label what they say of a paper, in several languages."""

from __future__ import annotations

_LABELS = {
    "authors": (
        "author authors by 作者 저자 著者 auteur auteurs autor autores autoren autori авторы"
    ),
    "abstract": (
        "abstract 摘要 英文摘要 论文摘要 原始摘要 原文摘要 original|abstract 초록 要旨"
        " アブストラクト résumé resumen riassunto аннотация"
    ),
    "published": (
        "published date publish|date publication|date submitted published|on submitted|on year"
        " 发布日期 发表日期 日期 发布时间 发表时间 提交日期 날짜 발표일 게시일"
        " 公開日 投稿日 公表日 fecha"
    ),
    "venue": "venue conference journal published|in accepted|at accepted|by 会议 期刊 학회 会議",
    "subjects": (
        "subjects subject categories category catégorie categoría arxiv|categories"
        " 分类 类别 분야 カテゴリ"
    ),
    "keywords": "keywords keyword tags 关键词 关键字 核心关键词 키워드 キーワード schlagwörter",
    "upvotes": "upvotes votes likes upvote 点赞 赞 추천 いいね",
    "organization": "organization organisation affiliation affiliations institution 机构 소속 所属"
    " institute institutes institutions team company lab",
    "remark": "arxiv|comments",
    "link": (
        "paper link links url abs arxiv arxiv|link arxiv|id paper|link pdf pdf|link doi source"
        " preprint paper|id"
        " 论文 链接 论文链接 原文链接 论文地址 링크 논문 논문|링크 リンク 論文 hugging|face hf"
        " 関連リンク 参考リンク 論文リンク 相关链接 相關連結 related|links"
        " openreview"
    ),
    "code": "code github repo repository code|link 代码 代码链接 코드 コード",
    "project": "project project|page homepage website demo 项目 主页 프로젝트 プロジェクト",
    "title": (
        "title paper|title 标题 题目 论文标题 论文题目 论文名称 论文名 文章标题 英文标题 英文题目"
        " 제목 논문|제목 タイトル 論文タイトル 論文名 titre titel título titolo название"
    ),
    "ai_summary": "ai摘要 ai总结 ai速览 ai要約 ai요약 ai|요약 ai|summary ai|tl;dr",
    "summary": "show summary details tl;dr tldr 要約 概要 总结 요약",
}
LABELS = {word.replace("|", " "): name for name, words in _LABELS.items() for word in words.split()}
"""The field that each label stands for; those of ``summary`` stand for none."""
