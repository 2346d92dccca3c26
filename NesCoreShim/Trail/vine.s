; A vine grows out of a plank, tile by tile, until it leaves the screen; it is climbed by its tiles.

TYPE_VINE = $2F

; Out of block X.
StartVine:
    lda #TYPE_VINE
    sta EnemyType+5
    lda #1
    sta EnemyActive+5
    sta EnemyYHigh+5
    lda #0
    sta EnemyState+5
    lda BlockPage,x
    sta EnemyPage+5
    lda BlockX,x
    sta EnemyX+5
    lda BlockY,x
    sta EnemyY+5
    sec
    sbc #$20
    lsr a
    lsr a
    lsr a
    lsr a
    sta VineRow
    lda #16
    sta VineClock
    lda #SFX_VINE
    jmp StartSound

UpdateVine:
    lda VineRow
    beq @end
    lda TimerControl
    bne @end
    dec VineClock
    bne @end
    lda #12
    sta VineClock
    dec VineRow
    lda EnemyY+5
    sec
    sbc #16
    sta EnemyY+5
    lda EnemyPage+5
    sta ProbePage
    jsr PointRing
    lda VineRow
    asl a
    asl a
    asl a
    asl a
    sta Tmp
    lda EnemyX+5
    lsr a
    lsr a
    lsr a
    lsr a
    ora Tmp
    sta ProbeIndex
    tay
    lda #MT_VINE
    sta (RingPtr),y
    jmp DrawMetatile
@end:
    rts
