; Stand-ins until the stages' branch is merged.
.import WalkerColumns, WalkerRows
UpdateVine:
StartVine:
    rts

SpawnWalkers:
    ldy SpawnIndex
    lda LeftPage
    asl a
    asl a
    asl a
    asl a
    sta Tmp
    lda LeftX
    lsr a
    lsr a
    lsr a
    lsr a
    clc
    adc Tmp
    adc #19
    cmp WalkerColumns,y         ; the list ends with column 255
    bcc @end
    inc SpawnIndex
    jsr FindSlot
    bcs @end
    lda #TYPE_WALKER
    jsr TakeSlot
    lda WalkerRows,y
    asl a
    asl a
    asl a
    asl a
    clc
    adc #$18
    sta EnemyY,x
    lda WalkerColumns,y
    lsr a
    lsr a
    lsr a
    lsr a
    sta EnemyPage,x
    lda WalkerColumns,y
    asl a
    asl a
    asl a
    asl a
    sta EnemyX,x
    lda #0
    jmp InitObject
@end:
    rts

SkipPassedWalkers:
    ldy #0
    lda LeftPage
    beq @end
    asl a
    asl a
    asl a
    asl a
    adc #8
:   cmp WalkerColumns,y
    bcc @end
    iny
    bne :-
@end:
    sty SpawnIndex
    rts
